using NodeData.Sdk.Tpm.Connecting;

namespace NodeData.Sdk.Tpm;

/// <summary>What a resolver goes by: the options, and the environment where they are silent, checked.</summary>
internal sealed class TpmSettings
{
    public const string AddressVariable = "NODE_DATA_TPM";
    public const string AuthorizationVariable = "NODE_DATA_TPM_AUTHORIZATION";

    private static readonly TimeSpan MaxTimeout = TimeSpan.FromHours(1);

    /// <exception cref="NodeDataConfigurationException">Something cannot be used; the message names it and the cure.</exception>
    public TpmSettings(TpmSecretOptions options)
    {
        if (options.Timeout <= TimeSpan.Zero || options.Timeout > MaxTimeout)
        {
            throw new NodeDataConfigurationException(
                $"TpmSecretOptions.Timeout is {options.Timeout}. It is above zero and at most one hour."
            );
        }

        Time =
            options.TimeProvider
            ?? throw new NodeDataConfigurationException("TpmSecretOptions.TimeProvider is null. Leave it out for the system's clock.");
        Timeout = options.Timeout;
        AllowUnlockedIndexes = options.AllowUnlockedIndexes;
        KeepLockedIndexes = options.KeepLockedIndexes;
        Address =
            options.Address is { } given ? TpmAddress.Parse(given, $"TpmSecretOptions.{nameof(options.Address)}")
            : GetVariable(AddressVariable) is { } address ? TpmAddress.Parse(address, AddressVariable)
            : TpmAddress.Parse(TpmSecretOptions.DefaultAddress, "");
        (Authorization, AuthorizationSetting) =
            options.Authorization is { } reference ? (reference, $"TpmSecretOptions.{nameof(options.Authorization)}")
            : GetVariable(AuthorizationVariable) is { } text ? (new SecretReference(text), AuthorizationVariable)
            : (null, $"TpmSecretOptions.{nameof(options.Authorization)} or {AuthorizationVariable}");
    }

    public TpmAddress Address { get; }

    /// <summary>Null for the empty value.</summary>
    public SecretReference? Authorization { get; }

    /// <summary>How messages name what holds the authorisation value, or could.</summary>
    public string AuthorizationSetting { get; }

    public bool AllowUnlockedIndexes { get; }

    public bool KeepLockedIndexes { get; }

    public TimeSpan Timeout { get; }

    public TimeProvider Time { get; }

    private static string? GetVariable(string name) =>
        Environment.GetEnvironmentVariable(name)?.Trim() is { Length: > 0 } value ? value : null;
}
