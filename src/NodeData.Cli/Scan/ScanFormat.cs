namespace NodeData.Cli.Scan;

/// <summary>The output formats, as the values of <c>--format</c>.</summary>
internal static class ScanFormat
{
    public const string Table = "table";
    public const string Json = "json";
    public const string Sarif = "sarif";
    public const string GitHub = "github";

    public static string[] All { get; } = [Table, Json, Sarif, GitHub];
}
