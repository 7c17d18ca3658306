using System.Text.Json.Nodes;

namespace Bf.Jobs.Infra.Kibana;

/// <summary>A panel of the dashboard: a Vega-Lite picture of what one query finds.</summary>
/// <param name="Name">Its name in the identity of the saved object, which stays.</param>
/// <param name="Title">What stands above it.</param>
/// <param name="Description">What it says, in a sentence.</param>
/// <param name="Width">Of the dashboard's 48 columns.</param>
/// <param name="Height">In rows of the dashboard's grid, 20 pixels each.</param>
/// <param name="Spec">The picture, with the query in it.</param>
internal sealed record KibanaPanel(string Name, string Title, string Description, int Width, int Height, JsonObject Spec)
{
    /// <summary>The columns of a dashboard.</summary>
    public const int WholeWidth = 48, HalfWidth = 24;
}
