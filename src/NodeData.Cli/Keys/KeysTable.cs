using System.Globalization;
using NodeData.Cli.Output;
using NodeData.Sdk;
using Spectre.Console;

namespace NodeData.Cli.Keys;

/// <summary>
/// Writes the keys as a table. Ids are complete, so that they can be copied; dates are short, and a long name is truncated to the width of the terminal.
/// </summary>
internal static class KeysTable
{
    private const int MinNameWidth = 8;

    // A status, two dates, and a space after each column.
    private const int OtherColumnsWidth = 7 + 10 + 10 + 5;

    public static void Write(Terminal terminal, IReadOnlyList<ApiKeyInfo> keys)
    {
        if (keys.Count == 0)
        {
            terminal.Out.WriteLine("There are no keys.");
            return;
        }

        var table = new Table()
            .Border(TableBorder.None)
            .AddColumn(CreateColumn("ID").NoWrap())
            .AddColumn(CreateColumn("NAME").NoWrap())
            .AddColumn(CreateColumn("STATUS").NoWrap())
            .AddColumn(CreateColumn("EXPIRES").NoWrap())
            .AddColumn(CreateColumn("LAST USED").NoWrap());
        var nameWidth = Math.Max(MinNameWidth, terminal.Screen.Profile.Width - keys.Max(key => key.Id.Length) - OtherColumnsWidth);
        foreach (var key in keys)
        {
            table.AddRow(
                CreateText(key.Id),
                CreateText(Truncate(key.Name, nameWidth)),
                CreateText(KeyText.FormatStatus(key)),
                CreateText(FormatDate(key.ExpiresAt, "never")),
                CreateText(FormatDate(key.LastUsedAt, "never"))
            );
        }

        terminal.Screen.Write(table);
    }

    private static TableColumn CreateColumn(string text) =>
        new TableColumn(new Text(text, new Style(decoration: Decoration.Bold))).PadRight(1);

    private static Text CreateText(Cell cell) => new(cell.Text, cell.Style);

    private static string Truncate(string? name, int width) =>
        name is null ? ""
        : name.Length <= width ? name
        : name[..(width - 1)] + "…";

    private static string FormatDate(DateTimeOffset? time, string fallback) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? fallback;
}
