namespace NodeData.Sdk.Configuration;

/// <summary>Validates the options. Each error contains the setting, the format of its value (never a secret) and the remedy.</summary>
internal static class NodeClientOptionsRules
{
    public static IEnumerable<string> Validate(NodeClientOptions options, Uri? httpClientAddress) =>
        [
            .. options.UnreadableSettings,
            .. ValidateLimits(options),
            .. ValidateAddress(options, httpClientAddress),
            .. ValidateResolvers(options),
        ];

    /// <summary>Validates the key, resolving it if it is a reference. A registered key provider is not called.</summary>
    public static IEnumerable<string> ValidateKey(NodeClientOptions options)
    {
        if (options.HasKeyProvider)
        {
            return options.ApiKey is null
                ? []
                :
                [
                    $"{options.Sources.GetSettingName(nameof(options.ApiKey), options.ApiKey)} is set, and an IApiKeyProvider is registered for this client. "
                        + "Keep one of them.",
                ];
        }

        var key = TryRead(() => NodeClientOptionsReader.CreateKeyProvider(options).GetKey(CancellationToken.None), out var error);
        return error is not null ? [error]
            : options.ExpectedMode is { } expected && expected != key!.Mode
                ?
                [
                    $"{options.Sources.GetSettingName(nameof(options.ExpectedMode), expected)} is {expected}, and the key ({key.Hint}) has a different mode. "
                        + "Use a key of the expected mode.",
                ]
            : [];
    }

    /// <summary>Validates the webhook secrets, resolving references, and compares their mode with that of the key.</summary>
    public static IEnumerable<string> ValidateWebhookSecrets(NodeClientOptions options)
    {
        var key = options.HasKeyProvider
            ? null
            : TryRead(() => NodeClientOptionsReader.CreateKeyProvider(options).GetKey(CancellationToken.None), out _);
        TryRead(() => WebhookSecretSources.Create(options).Read(key?.Mode), out var error);
        return error is null ? [] : [error];
    }

    private static IEnumerable<string> ValidateAddress(NodeClientOptions options, Uri? httpClientAddress)
    {
        TryRead(() => NodeClientOptionsReader.GetBaseAddress(options, httpClientAddress), out var error);
        return error is null ? [] : [error];
    }

    private static IEnumerable<string> ValidateResolvers(NodeClientOptions options) =>
        options.SecretResolvers.Select(ValidateResolver).OfType<string>();

    private static string? ValidateResolver(ISecretResolver? resolver) =>
        resolver is null ? "NodeClientOptions.SecretResolvers contains null. Remove it."
        : resolver.Scheme is SecretReference.EnvironmentScheme or SecretReference.FileScheme
            ? $"{resolver.GetType().Name}.Scheme is '{resolver.Scheme}', which is reserved for the client. Use a different scheme for the resolver."
        : !SecretReference.IsScheme(resolver.Scheme)
            ? $"{resolver.GetType().Name}.Scheme is '{resolver.Scheme}'. A scheme must be two or more of a-z 0-9 -, without the colon."
        : null;

    private static IEnumerable<string> ValidateLimits(NodeClientOptions options)
    {
        string GetName(string option, object? value) => options.Sources.GetSettingName(option, value);

        if (options.ExpectedMode is not (null or KeyMode.Test or KeyMode.Live))
        {
            yield return $"{GetName(nameof(options.ExpectedMode), options.ExpectedMode)} is neither KeyMode.Test nor KeyMode.Live.";
        }

        if (!TimeLimit.IsValid(options.AttemptTimeout))
        {
            yield return $"{GetName(nameof(options.AttemptTimeout), options.AttemptTimeout)} is {options.AttemptTimeout}. {TimeLimit.Rule}";
        }

        if (!TimeLimit.IsValid(options.TotalTimeout))
        {
            yield return $"{GetName(nameof(options.TotalTimeout), options.TotalTimeout)} is {options.TotalTimeout}. {TimeLimit.Rule}";
        }

        if (options.MaxRetries is < 0 or > NodeClientOptions.MaxRetriesLimit)
        {
            yield return $"{GetName(nameof(options.MaxRetries), options.MaxRetries)} is {options.MaxRetries}. It must be 0 to {NodeClientOptions.MaxRetriesLimit}.";
        }

        if (options.MaxRetryAfter < TimeSpan.Zero || (options.MaxRetryAfter > TimeSpan.Zero && !TimeLimit.IsValid(options.MaxRetryAfter)))
        {
            yield return $"{GetName(nameof(options.MaxRetryAfter), options.MaxRetryAfter)} is {options.MaxRetryAfter}. "
                + "It must be zero or more, and at most 24 days.";
        }

        if (options.MaxResponseBytes is < 1 or > NodeClientOptions.MaxResponseBytesLimit)
        {
            yield return $"{GetName(nameof(options.MaxResponseBytes), options.MaxResponseBytes)} is {options.MaxResponseBytes}. "
                + $"It must be 1 to {NodeClientOptions.MaxResponseBytesLimit}.";
        }

        if (options.TimeProvider is null)
        {
            yield return "NodeClientOptions.TimeProvider is null. Leave it unset to use the system clock.";
        }
    }

    private static T? TryRead<T>(Func<T> read, out string? error)
        where T : class
    {
        try
        {
            error = null;
            return read();
        }
        catch (NodeDataConfigurationException exception)
        {
            error = exception.Message;
            return null;
        }
    }
}
