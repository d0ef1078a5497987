namespace NodeData.Sdk.Tpm;

/// <summary>How secrets are read from a TPM. Read when the resolver is made; a later change does not reach it.</summary>
public sealed class TpmSecretOptions
{
    internal const int DefaultTimeoutSeconds = 10;
    internal const string DefaultAddress = "device:/dev/tpmrm0";

    /// <summary>
    /// Where the TPM is, as in <c>TPM2TOOLS_TCTI</c>: <c>device:PATH</c>, or <c>swtpm:host=127.0.0.1,port=2321</c> for a simulator on this machine. The default
    /// is what the environment variable <c>NODE_DATA_TPM</c> holds, else <c>device:/dev/tpmrm0</c>, the kernel's resource manager.
    /// </summary>
    public string? Address { get; set; }

    /// <summary>
    /// The authorisation value (the password) of the index or of the sealed object, or where it lies (<c>env:NAME</c>, <c>file:PATH</c>), which is read anew each
    /// time; trimmed, UTF-8, 64 bytes at most. The default is what the environment variable <c>NODE_DATA_TPM_AUTHORIZATION</c> holds, else the empty value. It
    /// goes to the TPM in a password session, which does not hide it from somebody who listens on the bus.
    /// </summary>
    public SecretReference? Authorization { get; set; }

    /// <summary>
    /// Whether an index is read that can still be written, or whose lock ends when the TPM restarts. False, the default, refuses it: whoever may write to the
    /// index could put another key there.
    /// </summary>
    public bool AllowUnlockedIndexes { get; set; }

    /// <summary>
    /// Whether what an index holds that is locked for good is kept in memory until the program ends, so that the TPM is read once. False, the default, reads it
    /// at each attempt of each call. A sealed object is unsealed each time.
    /// </summary>
    public bool KeepLockedIndexes { get; set; }

    /// <summary>
    /// How long a read may take, the wait for other reads of the same resolver included. Above zero and at most one hour. The default is 10 seconds.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(DefaultTimeoutSeconds);

    /// <summary>The clock behind <see cref="Timeout"/>. The default is that of the system.</summary>
    public TimeProvider TimeProvider { get; set; } = SystemTime.Provider;
}
