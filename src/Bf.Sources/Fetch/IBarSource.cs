using Bf.Sources.Synthetic;

namespace Bf.Sources.Fetch;

/// <summary>Where <c>bf data fetch</c> gets bars from. Retrying, pacing, checking and storing are done around it.</summary>
public interface IBarSource
{
    /// <summary>The symbols of a source that brings its own; null where the user names them.</summary>
    IReadOnlyList<string>? Symbols => null;

    /// <summary>What a user has to know of the source as a whole, such as what it was made from; a line each.</summary>
    IReadOnlyList<string> Remarks => [];

    /// <summary>The thrusts that the source knows its bars to hold: only a made-up market does.</summary>
    IReadOnlyList<PlantedThrust> Planted => [];

    /// <summary>Why no other machine can ask this source in our place; null where any can.</summary>
    string? OnlyHere => null;

    /// <summary>The finished bars of one symbol in a range. Several symbols may be asked for at the same time.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="cancel">Ends the call.</param>
    /// <exception cref="SourceException">There is no answer, or none that can be used; the message says why and what to do.</exception>
    Task<SourceAnswer> Fetch(SourceRequest request, CancellationToken cancel);
}
