namespace Bf.Jobs;

/// <summary>A job can't be done; the message says why and what to do next.</summary>
public class JobException(string message) : Exception(message);
