using System.Runtime.InteropServices;
using Bf.Jobs;

namespace Bf.Cli;

/// <summary>Pauses a long command and lets it go on: the space bar on a terminal, the signal USR1 anywhere.</summary>
internal sealed class PauseSwitch : IDisposable
{
    private readonly bool _keys = !Console.IsInputRedirected && !Console.IsErrorRedirected;
    private readonly PosixSignalRegistration? _signal;
    private volatile bool _paused;

    public PauseSwitch() => _signal = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create((PosixSignal)(OperatingSystem.IsMacOS() ? 30 : 10), Turn);

    /// <summary>Whether the command is to pause. Takes the keys that were pressed since.</summary>
    public bool IsPaused()
    {
        while (_keys && Console.KeyAvailable)
        {
            _paused ^= Console.ReadKey(intercept: true).Key == ConsoleKey.Spacebar;
        }

        return _paused;
    }

    /// <inheritdoc/>
    public void Dispose() => _signal?.Dispose();

    private void Turn(PosixSignalContext context)
    {
        context.Cancel = true; // else the signal ends the process after all
        _paused = !_paused;
        Log.Info(_paused ? "paused" : "going on");
    }
}
