using System.Globalization;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Sdk;

namespace NodeData.Cli.Sinks;

/// <summary>
/// Stores the key in an index of a TPM's memory, written once and locked permanently, by the steps of docs/edge.md with tpm2-tools. An index is never written
/// again: another key requires another index.
/// </summary>
internal sealed class TpmSink : Sink
{
    private const string Define = "tpm2_nvdefine";
    private const string Write = "tpm2_nvwrite";
    private const string Lock = "tpm2_nvwritelock";
    private const string Read = "tpm2_nvread";
    private const string ReadPublic = "tpm2_nvreadpublic";
    private const string Undefine = "tpm2_nvundefine";
    private const string Locked = "0x148"; // TPM_RC_NV_LOCKED

    // The range that owners may use (TCG registry of reserved handles).
    private const uint MinIndex = 0x01500000;
    private const uint MaxIndex = 0x01BFFFFF;

    private readonly string _index;
    private readonly Dictionary<string, SinkProgram> _tools;

    /// <exception cref="CommandFailedException">The text is not a valid index.</exception>
    public TpmSink(string reference, string index, SinkSetting setting)
        : base(reference)
    {
        if (
            !index.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            || !uint.TryParse(index.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            || number is < MinIndex or > MaxIndex
        )
        {
            throw CommandFailedException.Usage(
                $"--to {reference} is not an index that an owner may use. Use one from tpm:0x01500000 to tpm:0x01BFFFFF."
            );
        }

        _index = $"0x{number:X8}";
        _tools = new[] { Define, Write, Lock, Read, ReadPublic, Undefine }.ToDictionary(
            name => name,
            name => new SinkProgram(setting.Terminal, name) { Variables = TpmPasswords.GetAddressVariables() }
        );
    }

    public override string Name => $"TPM index {_index}";

    public override string Removal => $"{Undefine} {_index} -C o";

    public override async Task CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var tool in _tools.Values)
        {
            tool.Require(Reference, "Install it: apt-get install tpm2-tools");
        }

        TpmPasswords.Check();
        var run = await _tools[ReadPublic].RunAsync([_index], cancellationToken).ConfigureAwait(false);
        if (run.IsSuccess)
        {
            throw CommandFailedException.Usage(
                $"--to {Reference}: the index is in use, and an index is never written twice. Use a free index, or free this one: {Removal}"
            );
        }

        // A missing index fails with TPM_RC_HANDLE; every other error concerns the TPM itself.
        if (!run.MessageContains("0x18b") && !run.MessageContains("handle"))
        {
            throw CommandFailedException.Usage(
                $"--to {Reference}: the TPM cannot be accessed ({run.Message}). Check that it exists (/dev/tpmrm0), that this user may use it (group tss), and that NODE_DATA_TPM is correct."
            );
        }
    }

    public override async Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var secret = key.Reveal();
        using var passwords = TpmPasswords.Create();
        var size = secret.Length.ToString(CultureInfo.InvariantCulture);
        string[] attributes = ["-a", "ownerwrite|authread|writedefine|no_da"];
        await RunAsync(
                Define,
                ["-Q", _index, .. passwords.OwnerArguments, .. passwords.NewIndexArguments, "-s", size, .. attributes],
                "",
                cancellationToken
            )
            .ConfigureAwait(false);
        try
        {
            await RunAsync(Write, ["-Q", _index, .. passwords.OwnerArguments, "-i", "-"], secret, cancellationToken).ConfigureAwait(false);
            await RunAsync(Lock, ["-Q", _index, .. passwords.OwnerArguments], "", cancellationToken).ConfigureAwait(false);
            await VerifyAsync(secret, passwords, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is CommandFailedException or OperationCanceledException)
        {
            // A key that is partly written or not locked must not be mistaken for a deployed one.
            await _tools[Undefine].RunAsync(["-Q", _index, .. passwords.OwnerArguments], CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    // Verifies that the index holds the key, and that the lock rejects a second write.
    private async Task VerifyAsync(string secret, TpmPasswords passwords, CancellationToken cancellationToken)
    {
        var stored = await _tools[Read].RunAsync([_index, .. passwords.IndexArguments], cancellationToken).ConfigureAwait(false);
        if (!stored.IsSuccess || stored.Output != secret)
        {
            throw new CommandFailedException(ExitCode.Failed, $"{_index} does not hold the key");
        }

        var secondWrite = await _tools[Write]
            .RunAsync(["-Q", _index, .. passwords.OwnerArguments, "-i", "-"], secret, cancellationToken)
            .ConfigureAwait(false);
        if (secondWrite.IsSuccess || !secondWrite.MessageContains(Locked))
        {
            throw new CommandFailedException(ExitCode.Failed, $"{_index} accepted a second write: it is not locked");
        }
    }

    private async Task RunAsync(string tool, string[] arguments, string input, CancellationToken cancellationToken)
    {
        var run = await _tools[tool].RunAsync(arguments, input, cancellationToken).ConfigureAwait(false);
        run.RequireSuccess(tool);
    }
}
