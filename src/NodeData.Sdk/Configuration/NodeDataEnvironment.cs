using NodeData.Sdk.Configuration.EnvLocal;

namespace NodeData.Sdk.Configuration;

/// <summary>The environment variables that a client reads where nothing else was said (contract, "Authentication" and "Hosts and paths").</summary>
internal static class NodeDataEnvironment
{
    public const string ApiKey = "NODE_DATA_API_KEY";
    public const string WebhookSecret = "NODE_DATA_WEBHOOK_SECRET";
    public const string BaseUrl = "NODE_DATA_BASE_URL";

    /// <summary>The variable's value without white space around it; null where it is not set or blank.</summary>
    public static string? GetValue(string name) => Environment.GetEnvironmentVariable(name)?.Trim() is { Length: > 0 } value ? value : null;

    /// <summary>The same with what a <c>.env.local</c> says below it, and where the value stands, for messages.</summary>
    public static (string Value, string Setting)? FindWithSource(string name, EnvLocalVariables? fallback) =>
        GetValue(name) is { } value ? (value, name)
        : fallback?.GetValue(name) is { } local ? (local, $"{name} in {fallback.Path}")
        : null;
}
