using System.Runtime.InteropServices;
using NodeData.Cli.Output;

namespace NodeData.Cli.CommandLine;

/// <summary>Handles Ctrl+C and SIGTERM. The first signal cancels the command, which then stops cleanly; the second ends the process.</summary>
internal sealed class SignalHandler : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Terminal _terminal;

    public SignalHandler(Terminal terminal)
    {
        _terminal = terminal;
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle));
    }

    public CancellationToken Token => _cancellation.Token;

    // The source is not disposed, because a late signal may still cancel it.
    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private void Handle(PosixSignalContext signal)
    {
        if (_cancellation.IsCancellationRequested)
        {
            return;
        }

        signal.Cancel = true;
        if (_terminal.IsErrorTerminal)
        {
            _terminal.Error.WriteLine("Stopping… Press Ctrl+C again to stop immediately.");
        }

        _cancellation.Cancel();
    }
}
