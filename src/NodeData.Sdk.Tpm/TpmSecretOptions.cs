namespace NodeData.Sdk.Tpm;

/// <summary>Provides the options of a <see cref="TpmSecretResolver"/>. They are read when the resolver is created; later changes have no effect.</summary>
public sealed class TpmSecretOptions
{
    internal const int DefaultTimeoutSeconds = 10;
    internal const string DefaultAddress = "device:/dev/tpmrm0";

    /// <summary>
    /// Gets or sets the address of the TPM, as in <c>TPM2TOOLS_TCTI</c>: <c>device:PATH</c>, or <c>swtpm:host=127.0.0.1,port=2321</c> for a simulator on this
    /// machine. The default is the value of the environment variable <c>NODE_DATA_TPM</c>, else <c>device:/dev/tpmrm0</c>, the kernel's resource manager.
    /// </summary>
    public string? Address { get; set; }

    /// <summary>
    /// Gets or sets the authorization value (the password) of the index or the sealed object, or a reference to it (<c>env:NAME</c>, <c>file:PATH</c>), which
    /// is resolved for each read; trimmed, UTF-8, at most 64 bytes. The default is the value of the environment variable <c>NODE_DATA_TPM_AUTHORIZATION</c>,
    /// else the empty value. It is sent to the TPM in a password session, which does not protect it against eavesdropping on the bus.
    /// </summary>
    public SecretReference? Authorization { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether to read an index that can still be written, or whose lock ends when the TPM restarts. The default is false: such
    /// an index is rejected, because anyone with write access to it could replace the key.
    /// </summary>
    public bool AllowUnlockedIndexes { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the secret of a permanently locked index is cached in memory until the resolver is disposed, so that the TPM is
    /// read once. The default is false: the index is read for each attempt of each call. A sealed object is always unsealed for each read.
    /// </summary>
    public bool KeepLockedIndexes { get; set; }

    /// <summary>
    /// Gets or sets the timeout of a read, including the wait for other reads of the same resolver. Greater than zero and at most one hour. The default is 10
    /// seconds.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(DefaultTimeoutSeconds);

    /// <summary>Gets or sets the clock for <see cref="Timeout"/>. The default is the system clock.</summary>
    public TimeProvider TimeProvider { get; set; } = SystemTime.Provider;
}
