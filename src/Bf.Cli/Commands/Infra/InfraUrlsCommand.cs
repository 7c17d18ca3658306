using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Jobs.Config;
using Bf.Jobs.Infra;

namespace Bf.Cli.Commands.Infra;

/// <summary><c>bf infra urls</c>.</summary>
internal sealed class InfraUrlsCommand : BfCommand
{
    private static readonly (InfraService Service, string Setting)[] Reached =
    [
        (InfraService.Minio, "MINIO_ENDPOINT"), (InfraService.Kafka, "KAFKA_BOOTSTRAP_SERVERS"), (InfraService.Elasticsearch, "ELASTICSEARCH_HOST"), (InfraService.Kibana, "KIBANA_HOST"),
        (InfraService.SparkMaster, "SPARK_MASTER_URL"), (InfraService.SparkConnect, "SPARK_REMOTE"),
    ];

    private readonly Option<string?> _provider = InfraChoice.Provider();

    public InfraUrlsCommand()
        : base("urls", "the pages to open, with what is seen there and how one gets in, and the addresses that programs use, with the settings' names", "bf infra urls", "bf infra urls --json")
    {
        Options.Add(_provider);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var provider = call.ChooseProvider(_provider);
        var external = provider is not IInfraControl;
        var addresses = Reached.Where(r => provider.Has(r.Service)).Select(r => (r.Service, r.Setting, Value: Address(call.Settings, provider, external, r))).ToList();
        // of services elsewhere only those pages are known whose address bf has
        var pages = external ? [] : InfraAddresses.Pages(provider, call.Settings);
        if (pages.Count > 0)
        {
            var table = new TextTable("page", "service", "login", "what is seen there");
            foreach (var page in pages)
            {
                table.Add(page.Url, page.Service.Name, page.Login ?? "-", page.Seen + (provider.Runs(page.Service) ? "" : " (does not run)"));
            }

            call.Out.Table(table.Folded());
            call.Out.Line();
        }

        var list = new TextTable("setting", "address", "service");
        addresses.ForEach(a => list.Add(a.Setting, a.Value, $"{a.Service.Name}: {a.Service.Purpose}"));
        call.Out.Table(list.Folded());
        call.Out.Document(() => new JsonObject
        {
            ["provider"] = provider.Name,
            ["pages"] = new JsonArray([.. pages.Select(p => new JsonObject { ["service"] = p.Service.Name, ["url"] = p.Url, ["seen"] = p.Seen, ["login"] = p.Login, ["runs"] = provider.Runs(p.Service) })]),
            ["addresses"] = new JsonArray([.. addresses.Select(a => new JsonObject { ["setting"] = a.Setting, ["address"] = a.Value, ["service"] = a.Service.Name })]),
        });
        return ExitCode.Done;
    }

    private static string Address(Settings settings, IInfraProvider provider, bool external, (InfraService Service, string Setting) reached)
    {
        var own = settings.Of(reached.Setting);
        var text = provider.Places.Address(reached.Service.Ports[0]);
        return external ? own.Setting.Show(own.Value) : text.StartsWith("http://", StringComparison.Ordinal) ? text["http://".Length..] : text;
    }
}
