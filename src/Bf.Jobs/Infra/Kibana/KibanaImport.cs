using System.Net.Http.Headers;
using System.Text;
using Bf.Jobs.Config;
using Bf.Jobs.Infra.Health;
using Bf.Jobs.Search.Elastic;

namespace Bf.Jobs.Infra.Kibana;

/// <summary>
/// <c>bf infra kibana import</c>: gives Kibana its data views, searches and the dashboard, by its API for saved objects. What is there of the same
/// identity is replaced, so that importing again changes nothing.
/// </summary>
public sealed class KibanaImport
{
    private static readonly TimeSpan OneStatus = TimeSpan.FromSeconds(5), OneImport = TimeSpan.FromMinutes(1), Between = TimeSpan.FromSeconds(1);

    private readonly Uri _root;
    private readonly HealthPage _page;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _cancel;

    private KibanaImport(Uri root, HealthPage page, TimeProvider clock, CancellationToken cancel) => (_root, _page, _clock, _cancel) = (root, page, clock, cancel);

    private string Place => _root.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>Waits until Kibana is ready, and imports.</summary>
    /// <param name="root">Where Kibana is; null for where the settings say.</param>
    /// <param name="settings">Its address and login: <c>KIBANA_HOST</c>, and those of Elasticsearch.</param>
    /// <param name="space">Into which space; null for the usual one.</param>
    /// <param name="wait">How long to wait until it is ready.</param>
    /// <param name="clock">The time.</param>
    /// <param name="progress">Is told what is waited for.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ServiceDownException">Kibana is not there, or not ready in time.</exception>
    /// <exception cref="JobException">It refuses the login or an object; then it took none.</exception>
    public static KibanaImported Run(Uri? root, Settings settings, string? space, TimeSpan wait, TimeProvider clock, Action<string> progress, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(progress);
        root ??= KibanaPlace.Of(settings);
        using var page = new HealthPage(root, ElasticSettings.Of(settings));
        var import = new KibanaImport(root, page, clock, cancel);
        var version = import.WhenReady(wait, progress);
        import.Send(space);
        return new(import.Place, space, version, [.. KibanaObjects.All.CountBy(o => o.Type).Select(c => (c.Key, c.Value))], new Uri(root, $"{Within(space)}app/dashboards#/view/{KibanaObjects.Dashboard}"));
    }

    private static string Within(string? space) => space is null ? "" : $"s/{Uri.EscapeDataString(space)}/";

    /// <summary>Waits for it; its version.</summary>
    private string? WhenReady(TimeSpan wait, Action<string> progress)
    {
        var began = _clock.GetTimestamp();
        var backoff = new Backoff(_clock);
        while (true)
        {
            var (version, why) = Status();
            if (why is null)
            {
                return version;
            }

            var left = wait - _clock.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                throw new ServiceDownException($"Kibana at {Place} is not ready ({why}). Start it (bf infra start kibana) or wait longer (--wait 2m), or set KIBANA_HOST; without Docker there is no Kibana here: docs/kibana.md says what to do");
            }

            progress($"waits for Kibana at {Place}: {why}");
            backoff.Wait(left < Between ? left : Between, _cancel);
        }
    }

    /// <summary>Its version, and why it is not ready; null where it is.</summary>
    private (string? Version, string? Why) Status()
    {
        int code;
        string text;
        try
        {
            (code, text) = Within(OneStatus, cancel => _page.Get("api/status", cancel));
        }
        catch (ServiceDownException e)
        {
            return (null, e.Message);
        }

        var answer = HealthPage.Parse(text);
        return answer.At("status", "overall", "level").Text() switch
        {
            "available" or "degraded" => (answer.At("version", "number").Text(), null),
            { } level => (null, $"it says that it is {level}"),
            null when code is 401 or 403 => throw Refused(code),
            null when code >= 500 => (null, $"it answers {code}: {HealthPage.Brief(text)}"),
            _ => throw NotKibana(code),
        };
    }

    private void Send(string? space)
    {
        var (code, text) = Within(OneImport, cancel => _page.Post($"{Within(space)}api/saved_objects/_import?overwrite=true", File, cancel));
        switch (code)
        {
            case 200 when HealthPage.Parse(text) is { } answer && answer.At("success") is not null:
                ImportAnswer.Check(answer, Place, KibanaObjects.All);
                break;
            case 401 or 403:
                throw Refused(code);
            case 404 when space is not null:
                throw new JobException($"Kibana at {Place} has no space '{space}'; make it there first (Stack Management > Spaces), or leave --space out");
            case 413:
                throw new JobException($"Kibana at {Place}, or a proxy before it, takes no file of {Encoding.UTF8.GetByteCount(KibanaObjects.Ndjson()):N0} bytes (413): raise savedObjects.maxImportPayloadBytes, or the proxy's limit");
            case 429 or >= 500:
                throw new ServiceDownException($"Kibana at {Place} can't import just now ({code}: {ImportAnswer.Message(text)}); try again later");
            case 400:
                throw new JobException($"Kibana at {Place} refuses the import: {ImportAnswer.Message(text)}");
            default:
                throw NotKibana(code);
        }
    }

    /// <summary>The file as a form's, as Kibana's own page sends it.</summary>
    private static MultipartFormDataContent File()
    {
        const string boundary = "bf-saved-objects";
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(KibanaObjects.Ndjson()));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/ndjson");
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"file\"", FileName = $"\"{KibanaObjects.FileName}\"" };
        var form = new MultipartFormDataContent(boundary) { file };
        form.Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={boundary}");
        form.Headers.Add("kbn-xsrf", "true");
        return form;
    }

    private T Within<T>(TimeSpan limit, Func<CancellationToken, T> ask)
    {
        using var late = new CancellationTokenSource(limit, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(_cancel, late.Token);
        try
        {
            return ask(both.Token);
        }
        catch (OperationCanceledException) when (!_cancel.IsCancellationRequested)
        {
            throw new ServiceDownException($"Kibana at {Place} gives no answer within {limit.TotalSeconds:0} s");
        }
    }

    private JobException Refused(int code) => new(code == 401
        ? $"Kibana at {Place} wants another login: see ELASTICSEARCH_API_KEY, or ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD"
        : $"Kibana at {Place} does not let this login save objects (403): it needs all rights on dashboards, data views, Discover and Visualize of the space");

    private JobException NotKibana(int code) => new($"what answers at {Place} is no Kibana, or not one that is understood ({code}); see the setting KIBANA_HOST");
}
