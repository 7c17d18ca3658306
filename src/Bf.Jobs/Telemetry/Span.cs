using System.Diagnostics;

namespace Bf.Jobs.Telemetry;

/// <summary>
/// A part of a trace: something that was done, with when, for how long and how it ended. There is none while nobody listens, and nothing of .NET's
/// tracing is loaded then: <c>using var span = Span.Begin("commit breadth");</c> gives null.
/// </summary>
internal sealed class Span : IDisposable
{
    private readonly Activity _activity;
    private readonly Activity? _before;

    private Span(Activity activity, Activity? before) => (_activity, _before) = (activity, before);

    /// <summary>Whether spans are made. Set once, before any work begins.</summary>
    public static volatile bool IsOn;

    /// <summary>The span as a header says it to another process: <c>00-TRACE-SPAN-01</c>.</summary>
    public string TraceParent => _activity.Id!;

    /// <summary>Begins a part of what is under way on this thread.</summary>
    public static Span? Begin(string name, SpanRole role = SpanRole.Internal) => IsOn ? Made.Begin(name, role) : null;

    /// <summary>Begins what was set off elsewhere: in another process, or on another thread.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="role">What it is to the other side.</param>
    /// <param name="parent">The span that set it off, as <see cref="TraceParent"/>; null for a trace of its own.</param>
    /// <param name="links">Further spans that it goes back to.</param>
    /// <param name="took">How long it has been under way already.</param>
    public static Span? Continue(string name, SpanRole role, string? parent, IReadOnlyList<string>? links = null, TimeSpan took = default) => IsOn ? Made.Continue(name, role, parent, links ?? [], took) : null;

    /// <summary>The span under way on this thread, as <see cref="TraceParent"/>; null where there is none.</summary>
    public static string? CurrentParent() => IsOn ? Made.Current() : null;

    /// <summary>Notes a part of what is under way that was done just now, and took some time.</summary>
    public static void Past(string name, TimeSpan took)
    {
        if (IsOn)
        {
            Made.Past(name, took);
        }
    }

    /// <summary>Says something of what is under way on this thread.</summary>
    public static void Note(string name, string? value)
    {
        if (IsOn)
        {
            Made.Note(name, value);
        }
    }

    /// <summary>Does something as a part of what is under way; the part says how it ended.</summary>
    public static T Do<T>(string name, Func<T> work)
    {
        using var span = Begin(name);
        try
        {
            return work();
        }
        catch (Exception e) when (span?.Failed(e) == true)
        {
            throw; // not reached: the filter only looks on
        }
    }

    /// <summary>Says something of it; what is secret is masked.</summary>
    public Span Set(string name, string? value)
    {
        if (value is not null)
        {
            _activity.SetTag(name, Secrets.Mask(value));
        }

        return this;
    }

    /// <summary>Says a number of it.</summary>
    public Span Set(string name, long value)
    {
        _activity.SetTag(name, value);
        return this;
    }

    /// <summary>Says that it failed.</summary>
    /// <param name="type">The kind of failure: an exception's type, a status.</param>
    /// <param name="message">What happened.</param>
    public void Fail(string type, string? message)
    {
        _activity.SetTag("error.type", type);
        _activity.SetStatus(ActivityStatusCode.Error, message is null ? null : Secrets.Mask(message));
    }

    /// <summary>Says that it failed; for a filter of exceptions, which it passes none to.</summary>
    public bool Failed(Exception e)
    {
        Fail(e.GetType().Name, e.Message);
        return false;
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        _activity.Dispose();
        if (_before is not null && !_before.IsStopped)
        {
            Activity.Current = _before;
        }
    }

    // apart, so that what is behind it is loaded by the first span only
    private static class Made
    {
        private const int MostLinks = 64;
        private static readonly ActivitySource Source = new(TraceListener.Source);

        public static Span? Begin(string name, SpanRole role) => Of(Source.StartActivity(name, Kind(role)), null);

        public static Span? Continue(string name, SpanRole role, string? parent, IReadOnlyList<string> links, TimeSpan took)
        {
            List<ActivityLink> others = [];
            for (var i = Math.Max(0, links.Count - MostLinks); i < links.Count; i++)
            {
                if (ActivityContext.TryParse(links[i], null, isRemote: true, out var other))
                {
                    others.Add(new(other));
                }
            }

            var before = Activity.Current;
            ActivityContext origin = default;
            if (parent is null || !ActivityContext.TryParse(parent, null, isRemote: true, out origin))
            {
                Activity.Current = null; // a trace of its own
            }

            return Of(Earlier(Source.StartActivity(Kind(role), origin, null, others, name: name), took), before);
        }

        public static string? Current() => Activity.Current?.Id;

        public static void Past(string name, TimeSpan took)
        {
            using var activity = Earlier(Source.StartActivity(name), took);
        }

        public static void Note(string name, string? value) => Activity.Current?.SetTag(name, value is null ? null : Secrets.Mask(value));

        /// <summary>One that began some time before it was made, by the clock that spans have.</summary>
        private static Activity? Earlier(Activity? activity, TimeSpan took) => activity?.SetStartTime(activity.StartTimeUtc - took);

        private static Span? Of(Activity? activity, Activity? before) => activity is null ? null : new(activity, before);

        private static ActivityKind Kind(SpanRole role) => role switch
        {
            SpanRole.Client => ActivityKind.Client,
            SpanRole.Producer => ActivityKind.Producer,
            SpanRole.Consumer => ActivityKind.Consumer,
            _ => ActivityKind.Internal,
        };
    }
}
