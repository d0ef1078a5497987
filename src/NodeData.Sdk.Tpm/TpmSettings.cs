using NodeData.Sdk.Tpm.Connecting;

namespace NodeData.Sdk.Tpm;

/// <summary>Contains the validated settings of a resolver: the options, with the environment as the fallback.</summary>
internal sealed class TpmSettings
{
    public const string AddressVariable = "NODE_DATA_TPM";
    public const string AuthorizationVariable = "NODE_DATA_TPM_AUTHORIZATION";

    private static readonly TimeSpan MaxTimeout = TimeSpan.FromHours(1);

    /// <exception cref="NodeDataConfigurationException">A setting is invalid; the message names the setting and the remedy.</exception>
    public TpmSettings(TpmSecretOptions options)
    {
        if (options.Timeout <= TimeSpan.Zero || options.Timeout > MaxTimeout)
        {
            throw new NodeDataConfigurationException(
                $"TpmSecretOptions.Timeout is {options.Timeout}. It must be greater than zero and at most one hour."
            );
        }

        Time =
            options.TimeProvider
            ?? throw new NodeDataConfigurationException("TpmSecretOptions.TimeProvider is null. Leave it unset to use the system clock.");
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

    /// <summary>Gets the authorization value, or a reference to it; null for the empty value.</summary>
    public SecretReference? Authorization { get; }

    /// <summary>Gets the name of the setting for the authorization value, for messages.</summary>
    public string AuthorizationSetting { get; }

    public bool AllowUnlockedIndexes { get; }

    public bool KeepLockedIndexes { get; }

    public TimeSpan Timeout { get; }

    public TimeProvider Time { get; }

    private static string? GetVariable(string name) =>
        Environment.GetEnvironmentVariable(name)?.Trim() is { Length: > 0 } value ? value : null;
}
