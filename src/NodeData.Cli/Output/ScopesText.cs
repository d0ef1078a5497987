using NodeData.Sdk;

namespace NodeData.Cli.Output;

/// <summary>Formats scopes on one line.</summary>
internal static class ScopesText
{
    /// <returns>The scopes separated by spaces; <c>full access</c> for none; empty if they are unknown.</returns>
    public static string Format(ApiKeyScopeSet? scopes) =>
        scopes is null ? ""
        : scopes.IsFullAccess ? "full access"
        : string.Join(' ', scopes.Select(scope => scope.Value));
}
