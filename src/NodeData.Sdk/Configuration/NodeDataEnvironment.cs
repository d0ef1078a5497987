using NodeData.Sdk.Configuration.EnvLocal;

namespace NodeData.Sdk.Configuration;

/// <summary>Reads the environment variables that provide defaults for a client (contract, "Authentication" and "Hosts and paths").</summary>
internal static class NodeDataEnvironment
{
    public const string ApiKey = "NODE_DATA_API_KEY";
    public const string WebhookSecret = "NODE_DATA_WEBHOOK_SECRET";
    public const string BaseUrl = "NODE_DATA_BASE_URL";

    /// <summary>Gets the trimmed value of a variable; null if it is not set, or blank.</summary>
    public static string? GetValue(string name) => Environment.GetEnvironmentVariable(name)?.Trim() is { Length: > 0 } value ? value : null;

    /// <summary>
    /// Gets the trimmed value of a variable, or of the same variable in a <c>.env.local</c>, with the name of its source for messages; null if neither sets it.
    /// </summary>
    public static (string Value, string Setting)? FindWithSource(string name, EnvLocalVariables? fallback) =>
        GetValue(name) is { } value ? (value, name)
        : fallback?.GetValue(name) is { } local ? (local, $"{name} in {fallback.Path}")
        : null;
}
