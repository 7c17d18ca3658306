namespace Bf.Jobs.Spark;

/// <summary>Asks whether a service answers at all: any HTTP answer will do, also a refusal.</summary>
/// <param name="Name">The service, as a user knows it.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Remedy">What to do when it does not answer.</param>
public sealed record ServiceProbe(string Name, Uri Address, string Remedy)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2), UseCookies = false, AllowAutoRedirect = false, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(4) };

    /// <summary>Whether it answers within seconds.</summary>
    internal bool Answers(CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Address);
            using var answer = Http.Send(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            return cancel.IsCancellationRequested; // it took the connection, and said nothing; who asks no more has not been told that it is gone
        }
    }
}
