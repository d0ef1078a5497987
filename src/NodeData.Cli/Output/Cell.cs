using System.Globalization;
using Spectre.Console;

namespace NodeData.Cli.Output;

/// <summary>A piece of output: text that is safe to print, and its style in a terminal with colors.</summary>
internal readonly record struct Cell
{
    private Cell(string text, Style? style) => (Text, Style) = (PlainText.Sanitize(text), style);

    public string Text { get; }

    public Style? Style { get; }

    public static implicit operator Cell(string? text) => new(text ?? "", null);

    public static implicit operator Cell(DateTimeOffset? time) => new(time is { } known ? FormatTime(known) : "", null);

    public static Cell Good(string text) => new(text, new Style(Color.Green));

    public static Cell Warning(string text) => new(text, new Style(Color.Yellow));

    public static Cell Bad(string text) => new(text, new Style(Color.Red));

    public static Cell Dim(string text) => new(text, new Style(decoration: Decoration.Dim));

    /// <summary>Formats a time as the service does, to the second.</summary>
    public static string FormatTime(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
