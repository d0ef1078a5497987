using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;
using Spectre.Console;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>
/// Reports events on standard output, one line each (with <c>--json</c> everything, one object each), and messages about the listener on standard error.
/// Thread-safe.
/// </summary>
internal sealed class ListeningReport(Invocation invocation)
{
    private readonly Lock _lock = new();

    public Terminal Terminal => invocation.Terminal;

    public DateTimeOffset Now => Terminal.Time.GetUtcNow();

    /// <summary>Writes a line of cells to standard output, or its JSON.</summary>
    /// <exception cref="OutputClosedException">Standard output is closed.</exception>
    public void WriteLine<T>(T value, JsonTypeInfo<T> type, params Cell[] cells)
    {
        lock (_lock)
        {
            if (invocation.IsJson)
            {
                Terminal.Out.WriteLine(JsonSerializer.Serialize(value, type));
            }
            else if (Terminal.IsOutputTerminal)
            {
                WriteInTerminal(cells);
            }
            else
            {
                Terminal.Out.WriteLine($"{Cell.FormatTime(Now)}\t{string.Join('\t', cells.Select(cell => cell.Text))}");
            }

            Terminal.Out.Flush();
        }
    }

    /// <summary>Writes a line only with <c>--json</c>.</summary>
    public void WriteJsonLine<T>(T value, JsonTypeInfo<T> type)
    {
        if (invocation.IsJson)
        {
            WriteLine(value, type);
        }
    }

    /// <summary>Writes an informational message.</summary>
    public void WriteInfo(string message) => Write(Cell.Dim(message));

    /// <summary>Writes a warning.</summary>
    public void WriteWarning(string message) => Write(Cell.Warning(message));

    /// <summary>Writes an error, also as JSON.</summary>
    public void WriteError(string kind, string message)
    {
        Write(Cell.Bad(message));
        WriteJsonLine(new NoticeLine(Now, kind, message), ListeningJson.Lines.NoticeLine);
    }

    /// <summary>Writes that a problem is resolved or an action completed, also as JSON.</summary>
    public void WriteRecovery(string kind, string message)
    {
        Write(Cell.Good(message));
        WriteJsonLine(new NoticeLine(Now, kind, message), ListeningJson.Lines.NoticeLine);
    }

    private void Write(Cell message)
    {
        lock (_lock)
        {
            if (Terminal.IsErrorTerminal)
            {
                Terminal.ErrorScreen.Write(new Text($"{message.Text}{Environment.NewLine}", message.Style));
            }
            else
            {
                Terminal.Error.WriteLine(message.Text);
            }
        }
    }

    private void WriteInTerminal(Cell[] cells)
    {
        var time = TimeZoneInfo.ConvertTime(Now, Terminal.Time.LocalTimeZone);
        var line = new Paragraph().Append(time.ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), Color.Grey);
        foreach (var cell in cells.Where(cell => cell.Text.Length > 0))
        {
            line.Append("  ").Append(cell.Text, cell.Style);
        }

        Terminal.Screen.Write(line.Append(Environment.NewLine));
    }
}
