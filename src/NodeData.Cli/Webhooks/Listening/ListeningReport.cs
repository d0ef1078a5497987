using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;
using Spectre.Console;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>
/// What happens, as it happens: events on standard output, a line each (with <c>--json</c> everything, an object each), and what is said about the listening
/// on standard error. Safe for use by several threads.
/// </summary>
internal sealed class ListeningReport(Invocation invocation)
{
    private readonly Lock _lock = new();

    public Terminal Terminal => invocation.Terminal;

    public DateTimeOffset Now => Terminal.Time.GetUtcNow();

    /// <summary>A line of cells on standard output, or its JSON.</summary>
    /// <exception cref="OutputClosedException">Nobody reads it any more.</exception>
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

    /// <summary>The same where only programs are to have it.</summary>
    public void WriteJsonLine<T>(T value, JsonTypeInfo<T> type)
    {
        if (invocation.IsJson)
        {
            WriteLine(value, type);
        }
    }

    /// <summary>Something that people are told about the listening.</summary>
    public void WriteInfo(string message) => Write(Cell.Dim(message));

    /// <summary>Something that is not as it should be.</summary>
    public void WriteWarning(string message) => Write(Cell.Warning(message));

    /// <summary>Something that must not be overlooked, in the JSON too.</summary>
    public void WriteError(string kind, string message)
    {
        Write(Cell.Bad(message));
        WriteJsonLine(new NoticeLine(Now, kind, message), ListeningJson.Lines.NoticeLine);
    }

    /// <summary>Something that is right again.</summary>
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
