using System.Text.RegularExpressions;

namespace NodeData.Sdk.Webhooks.Receiving.Database;

/// <summary>Validates table names that a statement can contain without quotation marks. PostgreSQL truncates names to 63 characters.</summary>
internal static partial class TableNames
{
    public static bool IsValid(string? name) => name is not null && Name().IsMatch(name);

    /// <summary>Gets the name of the table without its schema.</summary>
    public static string WithoutSchema(string name) => name[(name.LastIndexOf('.') + 1)..];

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,62}(\.[A-Za-z_][A-Za-z0-9_]{0,62})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
