using System.Net;

namespace Bf.Jobs.Import;

/// <summary>
/// What can be read only once, from the web or from a pipe, as a file in a temporary folder: importing takes several passes.
/// It is deleted when no longer used.
/// </summary>
internal sealed class TemporaryCopy : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly string _folder = Directory.CreateTempSubdirectory("bf-").FullName;

    private TemporaryCopy(string name) => Path = System.IO.Path.Combine(_folder, name);

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>Downloads a file; it keeps the name that its address ends with.</summary>
    /// <exception cref="JobException">The server can't be reached, or answers that there is no such file.</exception>
    public static TemporaryCopy OfWeb(Uri address, CancellationToken cancel)
    {
        var name = System.IO.Path.GetFileName(Uri.UnescapeDataString(address.AbsolutePath));
        try
        {
            using var client = new HttpClient { Timeout = Patience };
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var response = client.Send(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return response.StatusCode == HttpStatusCode.OK
                ? Of(name.Length == 0 ? "download.csv" : name, response.Content.ReadAsStream(cancel), cancel)
                : throw new JobException($"{address}: the server answered {(int)response.StatusCode} {response.ReasonPhrase}");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new JobException($"{address}: {e.Message}");
        }
    }

    /// <summary>Reads a pipe to its end, such as <c>/dev/stdin</c>; null when the path is a file like others.</summary>
    public static TemporaryCopy? OfPipe(string path, CancellationToken cancel)
    {
        using var stream = File.OpenRead(path);
        var name = path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal) ? "stdin" : System.IO.Path.GetFileName(path); // /dev/fd/63 is no symbol
        return stream.CanSeek ? null : Of(name, stream, cancel);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static TemporaryCopy Of(string name, Stream content, CancellationToken cancel)
    {
        var copy = new TemporaryCopy(name);
        try
        {
            using var file = File.Create(copy.Path);
            content.CopyToAsync(file, cancel).WaitAsync(cancel).GetAwaiter().GetResult(); // a pipe may keep silent for long
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }
}
