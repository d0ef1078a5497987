using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodeData.Sdk.Credentials;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Configuration;

/// <summary>Creates the key provider and the transport settings from the options; options that are not set are read from the environment.</summary>
internal static class NodeClientOptionsReader
{
    /// <summary>Creates the provider of the key. A key is parsed once; a reference is resolved on each attempt.</summary>
    /// <exception cref="NodeDataConfigurationException">No key is set.</exception>
    public static SecretReferenceKeyProvider CreateKeyProvider(NodeClientOptions options)
    {
        var reader = SecretReader.Create(options);
        if (options.ApiKey is { } apiKey)
        {
            return new SecretReferenceKeyProvider(apiKey, options.Sources.GetSettingName(nameof(options.ApiKey), apiKey), reader);
        }

        if (
            options.AllowSecretsFromEnvironment
            && NodeDataEnvironment.FindWithSource(NodeDataEnvironment.ApiKey, options.EnvLocal) is { } found
        )
        {
            return new SecretReferenceKeyProvider(new SecretReference(found.Value), found.Setting, reader);
        }

        var settingName = options.AllowSecretsFromEnvironment
            ? $"the environment variable {NodeDataEnvironment.ApiKey} or {options.ApiKeySetting}"
            : options.ApiKeySetting;
        throw new NodeDataConfigurationException(
            $"There is no API key. Set {settingName} to a key (nd_test_… or nd_live_…) or to a reference to it (env:NAME, file:PATH)."
        );
    }

    /// <summary>Creates the settings of the transport.</summary>
    /// <param name="options">The options.</param>
    /// <param name="httpClientAddress">The base address of the caller's HttpClient; null if there is none.</param>
    /// <exception cref="NodeDataConfigurationException">An option is invalid; the message contains all errors.</exception>
    public static TransportSettings CreateTransportSettings(NodeClientOptions options, Uri? httpClientAddress)
    {
        var errors = NodeClientOptionsRules.Validate(options, httpClientAddress).ToList();
        return errors.Count > 0
            ? throw new NodeDataConfigurationException(string.Join(Environment.NewLine, errors))
            : new TransportSettings
            {
                BaseAddress = GetBaseAddress(options, httpClientAddress),
                ExpectedMode = options.ExpectedMode,
                AttemptTimeout = options.AttemptTimeout,
                TotalTimeout = options.TotalTimeout,
                MaxRetries = options.MaxRetries,
                MaxRetryAfter = options.MaxRetryAfter,
                MaxResponseBytes = options.MaxResponseBytes,
                TimeProvider = options.TimeProvider,
                Jitter = options.Jitter,
                Logger = options.LoggerFactory?.CreateLogger<NodeClient>() ?? NullLogger<NodeClient>.Instance,
            };
    }

    public static Uri GetBaseAddress(NodeClientOptions options, Uri? httpClientAddress) =>
        options.BaseAddress is { } baseAddress
            ? BaseAddress.Parse(baseAddress.OriginalString, options.Sources.GetSettingName(nameof(options.BaseAddress), baseAddress))
        : httpClientAddress is not null ? BaseAddress.Parse(httpClientAddress.OriginalString, "HttpClient.BaseAddress")
        : NodeDataEnvironment.FindWithSource(NodeDataEnvironment.BaseUrl, options.EnvLocal) is { } found
            ? BaseAddress.Parse(found.Value, found.Setting)
        : BaseAddress.Default;
}
