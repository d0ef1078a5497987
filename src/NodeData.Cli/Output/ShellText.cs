namespace NodeData.Cli.Output;

/// <summary>Text for a shell to read.</summary>
internal static class ShellText
{
    /// <summary>One word in a shell's single quotes, whatever is in it.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
