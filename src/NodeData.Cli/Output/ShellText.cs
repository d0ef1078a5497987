namespace NodeData.Cli.Output;

/// <summary>Quotes text for a shell.</summary>
internal static class ShellText
{
    /// <summary>Returns the text as one word in single quotes.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
