using NodeData.Sdk;

namespace NodeData.Cli.Output;

/// <summary>Scopes in one line.</summary>
internal static class ScopesText
{
    /// <returns>The scopes with blanks between them; <c>full access</c> for none; empty where they are not known.</returns>
    public static string Format(ApiKeyScopeSet? scopes) =>
        scopes is null ? ""
        : scopes.IsFullAccess ? "full access"
        : string.Join(' ', scopes.Select(scope => scope.Value));
}
