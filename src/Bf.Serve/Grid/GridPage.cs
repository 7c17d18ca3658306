using System.Security.Cryptography;
using System.Text;
using Bf.Serve.Report.Parts;

namespace Bf.Serve.Grid;

/// <summary>A grid as one HTML file that needs nothing else, and no script: maps of its figures, and tables.</summary>
public static class GridPage
{
    /// <summary>The most cells of a map: beyond, a browser is slow and an eye sees nothing.</summary>
    public const int MostCells = 40_000;

    private static readonly Lazy<string> Style = new(ReadStyle);

    /// <summary>The page.</summary>
    /// <exception cref="ArgumentException">A map's cells are not its rows by its columns, or more than <see cref="MostCells"/>.</exception>
    public static string Render(GridModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var map in model.Maps)
        {
            if (map.Cells.Length != map.Rows.Count * map.Columns.Count || map.Cells.Length > MostCells)
            {
                throw new ArgumentException($"{map.Title}: {map.Cells.Length} cells are not {map.Rows.Count} x {map.Columns.Count}, or more than {MostCells}", nameof(model));
            }
        }

        var body = new Html();
        foreach (var finding in model.Findings)
        {
            body.Add($"<p>{finding}</p>\n");
        }

        body.Add($"<div class=\"maps\">\n");
        foreach (var map in model.Maps)
        {
            body.Add($"{HeatMapSvg.Render(map)}");
        }

        body.Add($"</div>\n");
        foreach (var table in model.Tables)
        {
            body.Add($"{Table(table)}");
        }

        // the style is let in by its hash, and nothing else at all
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style.Value)))}'; base-uri 'none'; form-action 'none'">
            <title>{Html.Of($"{model.Headline}")}</title>
            <style>{Style.Value}</style>
            </head>
            <body>
            <main>
            <p class="brand"><b>BreadthFlow</b> {Html.Of($"{model.What}")}</p>
            <h1>{Html.Of($"{model.Headline}")}</h1>
            {body}<p class="source">{Html.Of($"{model.Made}")} Not investment advice.</p>
            </main>
            </body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    private static Html Table(GridTable table)
    {
        var html = new Html().Add($"<section>\n<h2>{table.Title}</h2>\n<div class=\"wide\"><table>\n<thead><tr>");
        for (var c = 0; c < table.Head.Count; c++)
        {
            html.Add($"<th scope=\"col\"{Side(c)}>{table.Head[c]}</th>");
        }

        html.Add($"</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Add($"<tr>");
            for (var c = 0; c < row.Count; c++)
            {
                html.Add($"<td{Side(c)}>{row[c]}</td>");
            }

            html.Add($"</tr>\n");
        }

        return html.Add($"</tbody>\n</table></div>\n</section>\n");

        Html Side(int column) => column < table.TextColumns ? Html.Of($" class=\"text\"") : Html.Of($"");
    }

    private static string ReadStyle()
    {
        using var stream = typeof(GridPage).Assembly.GetManifestResourceStream("grid/grid.css") ?? throw new InvalidOperationException("the resource grid.css is not built in");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
