using System.IO.Compression;

namespace Bf.Sources.Files;

/// <summary>An archive's entry that closes the archive with itself.</summary>
internal sealed class ArchiveStream(ZipArchive archive, Stream content) : ForwardStream
{
    public override int Read(Span<byte> buffer) => content.Read(buffer);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
            archive.Dispose();
        }

        base.Dispose(disposing);
    }
}
