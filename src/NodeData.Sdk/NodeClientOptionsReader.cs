using NodeData.Sdk.Credentials;
using NodeData.Sdk.Http;

namespace NodeData.Sdk;

/// <summary>Makes of the options, and of the environment where they are silent, what the transport goes by. All mistakes are told in one message.</summary>
internal static class NodeClientOptionsReader
{
    private const string ApiKeySetting = "NodeClientOptions.ApiKey";
    private const string BaseAddressSetting = "NodeClientOptions.BaseAddress";

    /// <summary>Where the key comes from: a fixed text is parsed once, a reference is read for each attempt.</summary>
    public static IApiKeyProvider KeysOf(NodeClientOptions options)
    {
        var (reference, setting) = options.ApiKey is { } given
            ? (given, ApiKeySetting)
            : (EnvironmentNames.Read(EnvironmentNames.ApiKey) is { } text ? new SecretReference(text) : null, EnvironmentNames.ApiKey);

        return reference is null
            ? throw new NodeDataConfigurationException(
                $"There is no API key. Set the environment variable {EnvironmentNames.ApiKey} or {ApiKeySetting} to a key "
                    + "(nd_test_… or nd_live_…) or to where it lies (env:NAME, file:PATH)."
            )
            : new ReferencedKey(reference, setting);
    }

    /// <param name="options">The options.</param>
    /// <param name="callersAddress">The address that the caller's own HttpClient has, if any.</param>
    public static TransportSettings SettingsOf(NodeClientOptions options, Uri? callersAddress)
    {
        var mistakes = MistakesIn(options).ToList();
        var address = Http.BaseAddress.Default;
        try
        {
            address = AddressOf(options, callersAddress);
        }
        catch (NodeDataConfigurationException mistake)
        {
            mistakes.Add(mistake.Message);
        }

        return mistakes.Count > 0
            ? throw new NodeDataConfigurationException(string.Join(Environment.NewLine, mistakes))
            : new TransportSettings
            {
                BaseAddress = address,
                ExpectedMode = options.ExpectedMode,
                AttemptTimeout = options.AttemptTimeout,
                TotalTimeout = options.TotalTimeout,
                MaxRetries = options.MaxRetries,
                MaxRetryAfter = options.MaxRetryAfter,
                MaxResponseBytes = options.MaxResponseBytes,
                Time = options.TimeProvider,
                Jitter = options.Jitter,
            };
    }

    private static Uri AddressOf(NodeClientOptions options, Uri? callersAddress) =>
        options.BaseAddress is { } given ? Http.BaseAddress.Parse(given.OriginalString, BaseAddressSetting)
        : callersAddress is not null ? Http.BaseAddress.Parse(callersAddress.OriginalString, "HttpClient.BaseAddress")
        : EnvironmentNames.Read(EnvironmentNames.BaseUrl) is { } text ? Http.BaseAddress.Parse(text, EnvironmentNames.BaseUrl)
        : Http.BaseAddress.Default;

    private static IEnumerable<string> MistakesIn(NodeClientOptions options)
    {
        if (options.ExpectedMode is not (null or KeyMode.Test or KeyMode.Live))
        {
            yield return "NodeClientOptions.ExpectedMode is neither KeyMode.Test nor KeyMode.Live.";
        }

        if (!TimeLimit.IsValid(options.AttemptTimeout))
        {
            yield return $"NodeClientOptions.AttemptTimeout is {options.AttemptTimeout}. {TimeLimit.Rule}";
        }

        if (!TimeLimit.IsValid(options.TotalTimeout))
        {
            yield return $"NodeClientOptions.TotalTimeout is {options.TotalTimeout}. {TimeLimit.Rule}";
        }

        if (options.MaxRetries is < 0 or > NodeClientOptions.MostRetries)
        {
            yield return $"NodeClientOptions.MaxRetries is {options.MaxRetries}. It is 0 to {NodeClientOptions.MostRetries}.";
        }

        if (options.MaxRetryAfter < TimeSpan.Zero || (options.MaxRetryAfter > TimeSpan.Zero && !TimeLimit.IsValid(options.MaxRetryAfter)))
        {
            yield return $"NodeClientOptions.MaxRetryAfter is {options.MaxRetryAfter}. It is zero or more, and at most 24 days.";
        }

        if (options.MaxResponseBytes is < 1 or > NodeClientOptions.MostResponseBytes)
        {
            yield return $"NodeClientOptions.MaxResponseBytes is {options.MaxResponseBytes}. It is 1 to {NodeClientOptions.MostResponseBytes}.";
        }

        if (options.TimeProvider is null)
        {
            yield return "NodeClientOptions.TimeProvider is null. Leave it out for the system's clock.";
        }
    }
}
