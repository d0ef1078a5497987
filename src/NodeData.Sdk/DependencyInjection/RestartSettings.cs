using NodeData.Sdk.Http;

namespace NodeData.Sdk.DependencyInjection;

/// <summary>Lists the settings that a registered client reads only when it is created.</summary>
internal static class RestartSettings
{
    private static readonly (string Name, Func<TransportSettings, object?> GetValue)[] All =
    [
        (nameof(NodeClientOptions.BaseAddress), settings => settings.BaseAddress),
        (nameof(NodeClientOptions.ExpectedMode), settings => settings.ExpectedMode),
        (nameof(NodeClientOptions.AttemptTimeout), settings => settings.AttemptTimeout),
        (nameof(NodeClientOptions.TotalTimeout), settings => settings.TotalTimeout),
        (nameof(NodeClientOptions.MaxRetries), settings => settings.MaxRetries),
        (nameof(NodeClientOptions.MaxRetryAfter), settings => settings.MaxRetryAfter),
        (nameof(NodeClientOptions.MaxResponseBytes), settings => settings.MaxResponseBytes),
    ];

    public static IEnumerable<string> Names => All.Select(setting => setting.Name);

    /// <summary>Finds the settings that differ, with their new values.</summary>
    public static IEnumerable<(string Name, object? Value)> FindChanges(TransportSettings current, TransportSettings changed) =>
        from setting in All
        let value = setting.GetValue(changed)
        where !Equals(setting.GetValue(current), value)
        select (setting.Name, value);
}
