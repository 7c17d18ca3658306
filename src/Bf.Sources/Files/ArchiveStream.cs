namespace Bf.Sources.Files;

/// <summary>An archive's entry that tells when it is closed.</summary>
internal sealed class ArchiveStream(Stream content, Action closed) : ForwardStream
{
    private bool _isClosed;

    public override int Read(Span<byte> buffer) => content.Read(buffer);

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isClosed)
        {
            _isClosed = true;
            content.Dispose();
            closed();
        }

        base.Dispose(disposing);
    }
}
