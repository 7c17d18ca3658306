namespace Bf.Jobs.Infra;

/// <summary>Something that stands in the way of a start.</summary>
/// <param name="What">What was found.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Fatal">Whether the start can't succeed; else it is a warning.</param>
public sealed record Obstacle(string What, string Remedy, bool Fatal);

/// <summary>A service's process or container.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Runs">Whether it runs.</param>
/// <param name="Id">Its process number or its container's name.</param>
/// <param name="Since">Since when it runs.</param>
/// <param name="Log">Its log's file, or the command that shows it.</param>
/// <param name="Note">What else is to be said: that it ended by itself, or what it lacks.</param>
public sealed record ServiceProcess(string Service, bool Runs, string? Id, DateTimeOffset? Since, string? Log, string? Note);

/// <summary>Why a service did not come up.</summary>
/// <param name="What">In one line.</param>
/// <param name="LastLines">The end of its log.</param>
/// <param name="Log">Where the whole is.</param>
public sealed record ServiceFailure(string What, IReadOnlyList<string> LastLines, string Log);

/// <summary>Which part of the logs.</summary>
/// <param name="Follow">Whether to go on until interrupted.</param>
/// <param name="Since">Only what is younger than this.</param>
/// <param name="Tail">Only the last lines of each, where given.</param>
public sealed record LogChoice(bool Follow, TimeSpan? Since, int? Tail);
