using Bf.Jobs.Lake.Store;
using Bf.Jobs.Lake.Store.S3;

namespace Bf.Jobs.Tests.Lake.Store;

public sealed class LocalStoreContract : StoreContract
{
    private protected override IObjectStore Open() => new LocalStore(Folder.At("lake"));
}

public sealed class FakeS3Contract : StoreContract
{
    private readonly FakeS3 _server = new();

    private protected override IObjectStore Open() => new S3Store(new("bucket", "lake"), _server.Settings(Folder.At("cache")));

    protected override void Dispose(bool disposing)
    {
        _server.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>The real MinIO, where this machine has it.</summary>
public sealed class MinioContract : StoreContract
{
    private readonly S3Place _place = new($"contract-{Guid.NewGuid():N}", "lake/deep");

    private protected override IObjectStore Open() => new S3Store(_place, Minio.Settings(Folder.At("cache")) with { PageSize = 2 });
}
