using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodeData.Sdk.Credentials;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Configuration;

/// <summary>Makes of the options, and of the environment where they are silent, what the transport goes by.</summary>
internal static class NodeClientOptionsReader
{
    /// <summary>Where the key comes from: a text is parsed once, a reference is read for each attempt.</summary>
    /// <exception cref="NodeDataConfigurationException">None was set.</exception>
    public static ReferencedKey KeysOf(NodeClientOptions options)
    {
        var reader = SecretReader.Of(options);
        if (options.ApiKey is { } given)
        {
            return new ReferencedKey(given, options.Names.Of(nameof(options.ApiKey), given), reader);
        }

        if (options.ReadsSecretsFromEnvironment && EnvironmentNames.Find(EnvironmentNames.ApiKey, options.EnvLocal) is { } found)
        {
            return new ReferencedKey(new SecretReference(found.Value), found.Setting, reader);
        }

        var place = options.ReadsSecretsFromEnvironment
            ? $"the environment variable {EnvironmentNames.ApiKey} or {options.ApiKeyPlace}"
            : options.ApiKeyPlace;
        throw new NodeDataConfigurationException(
            $"There is no API key. Set {place} to a key (nd_test_… or nd_live_…) or to where it lies (env:NAME, file:PATH)."
        );
    }

    /// <summary>What the transport goes by.</summary>
    /// <param name="options">The options.</param>
    /// <param name="callersAddress">The address that the caller's own HttpClient has, if any.</param>
    /// <exception cref="NodeDataConfigurationException">Something cannot be used; all mistakes are told in one message.</exception>
    public static TransportSettings SettingsOf(NodeClientOptions options, Uri? callersAddress)
    {
        var mistakes = NodeClientOptionsRules.MistakesIn(options, callersAddress).ToList();
        return mistakes.Count > 0
            ? throw new NodeDataConfigurationException(string.Join(Environment.NewLine, mistakes))
            : new TransportSettings
            {
                BaseAddress = AddressOf(options, callersAddress),
                ExpectedMode = options.ExpectedMode,
                AttemptTimeout = options.AttemptTimeout,
                TotalTimeout = options.TotalTimeout,
                MaxRetries = options.MaxRetries,
                MaxRetryAfter = options.MaxRetryAfter,
                MaxResponseBytes = options.MaxResponseBytes,
                Time = options.TimeProvider,
                Jitter = options.Jitter,
                Logger = options.LoggerFactory?.CreateLogger<NodeClient>() ?? NullLogger<NodeClient>.Instance,
            };
    }

    public static Uri AddressOf(NodeClientOptions options, Uri? callersAddress) =>
        options.BaseAddress is { } given ? BaseAddress.Parse(given.OriginalString, options.Names.Of(nameof(options.BaseAddress), given))
        : callersAddress is not null ? BaseAddress.Parse(callersAddress.OriginalString, "HttpClient.BaseAddress")
        : EnvironmentNames.Find(EnvironmentNames.BaseUrl, options.EnvLocal) is { } found ? BaseAddress.Parse(found.Value, found.Setting)
        : BaseAddress.Default;
}
