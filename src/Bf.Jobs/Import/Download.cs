using System.Net;

namespace Bf.Jobs.Import;

/// <summary>A file from the web, in a temporary folder under the name that its address ends with; deleted when no longer used.</summary>
internal sealed class Download : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly string _folder = Directory.CreateTempSubdirectory("bf-").FullName;

    private Download(Uri address)
    {
        var name = System.IO.Path.GetFileName(Uri.UnescapeDataString(address.AbsolutePath));
        Path = System.IO.Path.Combine(_folder, name.Length == 0 ? "download.csv" : name);
    }

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>Downloads.</summary>
    /// <exception cref="JobException">The server can't be reached, or answers that there is no such file.</exception>
    public static Download Get(Uri address, CancellationToken cancel)
    {
        var download = new Download(address);
        try
        {
            using var client = new HttpClient { Timeout = Patience };
            using var response = client.Send(new HttpRequestMessage(HttpMethod.Get, address), HttpCompletionOption.ResponseHeadersRead, cancel);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new JobException($"{address}: the server answered {(int)response.StatusCode} {response.ReasonPhrase}");
            }

            using var file = File.Create(download.Path);
            response.Content.ReadAsStream(cancel).CopyTo(file);
            return download;
        }
        catch (Exception e)
        {
            download.Dispose();
            throw e is HttpRequestException or IOException ? new JobException($"{address}: {e.Message}") : e;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
