using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Bf.Jobs.Tests.Infra.Kibana;

/// <summary>A server on this machine that takes saved objects as Kibana's API does: all or none, and says of each why not.</summary>
internal sealed class FakeKibana : IDisposable
{
    private readonly WebApplication _app;

    public FakeKibana()
    {
        _app = LocalServer.Start(Answer);
        Address = new(_app.Urls.First() + "/");
    }

    public Uri Address { get; }

    /// <summary>The levels that it tells of itself, one after the other; after them it is available. A number is a status without a document.</summary>
    public ConcurrentQueue<string> Levels { get; } = new();

    /// <summary>The next import's status; 200 for one that is read.</summary>
    public int Status { get; set; } = 200;

    /// <summary>The space that there is beside the usual one.</summary>
    public string Space { get; set; } = "trading";

    /// <summary>The login that is wanted; null for none.</summary>
    public string? Authorization { get; set; }

    /// <summary>What is wrong with objects, by type and id.</summary>
    public Dictionary<(string Type, string Id), JsonObject> Errors { get; } = [];

    /// <summary>Objects that it forgets to name among those taken.</summary>
    public HashSet<string> Forgotten { get; } = [];

    /// <summary>What is saved, by space, type and id.</summary>
    public ConcurrentDictionary<(string Space, string Type, string Id), JsonObject> Saved { get; } = new();

    public int Imports { get; private set; }

    public void Dispose() => _app.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private Task Answer(HttpContext call)
    {
        if (call.Request.Path == "/api/status")
        {
            var level = Levels.TryDequeue(out var next) ? next : "available";
            return int.TryParse(level, out var status)
                ? Say(call, status, new() { ["message"] = "Kibana server is not ready yet" })
                : Say(call, level is "unavailable" or "critical" ? 503 : 200, new() { ["version"] = new JsonObject { ["number"] = "8.19.16" }, ["status"] = new JsonObject { ["overall"] = new JsonObject { ["level"] = level } } });
        }

        return call.Request.Path.Value!.EndsWith("/api/saved_objects/_import", StringComparison.Ordinal) && call.Request.Method == "POST" ? Import(call) : Say(call, 404, Error(404, "Not Found"));
    }

    private async Task Import(HttpContext call)
    {
        Imports++;
        var space = call.Request.Path.StartsWithSegments("/s", out var rest) ? rest.Value!.Split('/')[1] : "default";
        var form = await call.Request.ReadFormAsync();
        var file = form.Files.GetFile("file");
        var wrong = Authorization is not null && call.Request.Headers.Authorization != Authorization ? (401, "Unauthorized")
            : !call.Request.Headers.ContainsKey("kbn-xsrf") ? (400, "Request must contain a kbn-xsrf header.")
            : Status != 200 ? (Status, "so the server says")
            : space != "default" && space != Space ? (404, "Not Found")
            : file is null || !file.FileName.EndsWith(".ndjson", StringComparison.Ordinal) ? (400, $"Invalid file extension {file?.FileName}")
            : (0, "");
        if (wrong.Item1 != 0)
        {
            await Say(call, wrong.Item1, Error(wrong.Item1, wrong.Item2));
            return;
        }

        using var reader = new StreamReader(file!.OpenReadStream());
        List<JsonObject> objects = [.. (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!.AsObject())];
        await Say(call, 200, Take(space, objects, overwrite: call.Request.Query["overwrite"] == "true"));
    }

    private JsonObject Take(string space, List<JsonObject> objects, bool overwrite)
    {
        var (errors, results) = (new JsonArray(), new JsonArray());
        foreach (var one in objects)
        {
            var (type, id) = ((string)one["type"]!, (string)one["id"]!);
            var missing = one["references"]!.AsArray().Where(r => (string)r!["type"]! is "index-pattern" or "search" && !objects.Exists(o => (string)o["id"]! == (string)r["id"]!)).ToList();
            var error = Errors.GetValueOrDefault((type, id))
                ?? (missing.Count > 0 ? new() { ["type"] = "missing_references", ["references"] = new JsonArray([.. missing.Select(m => m!.DeepClone())]) }
                : !overwrite && Saved.ContainsKey((space, type, id)) ? new() { ["type"] = "conflict" } : null);
            if (error is not null)
            {
                errors.Add(new JsonObject { ["type"] = type, ["id"] = id, ["meta"] = new JsonObject(), ["error"] = error.DeepClone() });
            }
            else if (!Forgotten.Contains(id))
            {
                results.Add(new JsonObject { ["type"] = type, ["id"] = id, ["meta"] = new JsonObject(), ["overwrite"] = true });
            }
        }

        var success = errors.Count == 0;
        if (success)
        {
            objects.ForEach(o => Saved[(space, (string)o["type"]!, (string)o["id"]!)] = o);
        }

        // those that could have been taken are counted even where none was
        var answer = new JsonObject { ["success"] = success, ["successCount"] = objects.Count - errors.Count, ["warnings"] = new JsonArray(), ["successResults"] = results };
        if (!success)
        {
            answer["errors"] = errors;
        }

        return answer;
    }

    private static JsonObject Error(int status, string message) => new() { ["statusCode"] = status, ["error"] = "error", ["message"] = message };

    private static Task Say(HttpContext call, int status, JsonObject document)
    {
        call.Response.StatusCode = status;
        call.Response.ContentType = "application/json";
        return call.Response.WriteAsync(document.ToJsonString());
    }
}
