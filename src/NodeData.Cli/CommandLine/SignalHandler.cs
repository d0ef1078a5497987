using System.Runtime.InteropServices;
using NodeData.Cli.Output;

namespace NodeData.Cli.CommandLine;

/// <summary>Ctrl+C and a request to end: the first is a question to the command, which ends in order; the second is an order.</summary>
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

    // The source is not disposed of: a signal that came in the last moment may still be on its way to it.
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
            _terminal.Error.WriteLine("Ending in order; once more ends at once.");
        }

        _cancellation.Cancel();
    }
}
