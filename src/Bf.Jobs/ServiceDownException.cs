namespace Bf.Jobs;

/// <summary>A service that a job needs can't be reached; the message says which, and what to do next.</summary>
public sealed class ServiceDownException(string message) : Exception(message);
