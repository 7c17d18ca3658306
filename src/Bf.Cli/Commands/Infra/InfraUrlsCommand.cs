using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Jobs.Config;
using Bf.Jobs.Infra;

namespace Bf.Cli.Commands.Infra;

/// <summary><c>bf infra urls</c>.</summary>
internal sealed class InfraUrlsCommand : BfCommand
{
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
        var addresses = InfraService.All.Where(s => s.AddressSetting is not null && provider.Has(s)).Select(s => (Service: s, Setting: s.AddressSetting!, Value: Address(call.Settings, provider, external, s))).ToList();
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

    private static string Address(Settings settings, IInfraProvider provider, bool external, InfraService service)
    {
        var own = settings.Of(service.AddressSetting!);
        var text = provider.Places.Address(service.Ports[0]);
        return external ? own.Setting.Show(own.Value) : text.StartsWith("http://", StringComparison.Ordinal) ? text["http://".Length..] : text;
    }
}
