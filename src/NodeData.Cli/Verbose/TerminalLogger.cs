using Microsoft.Extensions.Logging;
using NodeData.Cli.Output;

namespace NodeData.Cli.Verbose;

/// <summary>Writes the client's log messages to standard error: warnings always, everything with <c>--verbose</c>.</summary>
internal sealed class TerminalLogger(Terminal terminal, bool isVerbose) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) { }

    public void Dispose() { }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= (isVerbose ? LogLevel.Debug : LogLevel.Warning) && logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (IsEnabled(logLevel))
        {
            terminal.Error.WriteLine(
                $"node-data: {(logLevel >= LogLevel.Warning ? "warning: " : "")}{PlainText.Sanitize(formatter(state, exception))}"
            );
        }
    }
}
