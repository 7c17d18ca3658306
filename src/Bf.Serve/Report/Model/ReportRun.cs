namespace Bf.Serve.Report;

/// <summary>Where a report comes from.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="GeneratedAt">When the page was made, as the reader should see it.</param>
/// <param name="Source">Where the bars come from, in words.</param>
/// <param name="Versions">The program's version, the detectors', those of the tables that were read.</param>
/// <param name="Settings">The settings that shape the result.</param>
public sealed record ReportRun(string Id, string GeneratedAt, string Source, ReportSetting[] Versions, ReportSetting[] Settings);

/// <summary>A name and its value, to be shown as they are.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
public sealed record ReportSetting(string Name, string Value);
