using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.GZip;

namespace Bf.Sources.Files;

/// <summary>Unpacks gzip. The library meets some damaged codes with a fault of its own: that is damage of the file, too.</summary>
internal sealed class GzipStream(Stream packed) : GZipInputStream(packed)
{
    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return base.Read(buffer, offset, count);
        }
        catch (Exception e) when (e is not (IOException or SharpZipBaseException))
        {
            throw new InvalidDataException($"the gzip data is damaged: {e.Message}", e);
        }
    }
}
