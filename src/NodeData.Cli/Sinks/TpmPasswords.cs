using System.Text;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Sinks;

/// <summary>
/// The passwords of the TPM's owner and of the index, as tpm2-tools are told them: by files of mode 0600 that go when this is disposed of, because an argument
/// can be read by others.
/// </summary>
internal sealed class TpmPasswords : IDisposable
{
    public const string OwnerVariable = "NODE_DATA_TPM_OWNER_AUTHORIZATION";
    private const string IndexVariable = "NODE_DATA_TPM_AUTHORIZATION";
    private const string AddressVariable = "NODE_DATA_TPM";
    private const string ToolsAddressVariable = "TPM2TOOLS_TCTI";

    private readonly string _folder;

    private TpmPasswords(string folder)
    {
        _folder = folder;
        var (owner, index) = (WriteFile(OwnerVariable), WriteFile(IndexVariable));
        OwnerArguments = owner is null ? ["-C", "o"] : ["-C", "o", "-P", owner];
        NewIndexArguments = index is null ? [] : ["-p", index];
        IndexArguments = index is null ? [] : ["-P", index];
    }

    /// <summary>For what the owner does.</summary>
    public string[] OwnerArguments { get; }

    /// <summary>For an index that is made: it is then read with this password.</summary>
    public string[] NewIndexArguments { get; }

    /// <summary>For an index that is read.</summary>
    public string[] IndexArguments { get; }

    /// <summary>Where the TPM is, where only the client was told.</summary>
    public static Dictionary<string, string> GetAddressVariables() =>
        Terminal.GetVariable(ToolsAddressVariable) is null && Terminal.GetVariable(AddressVariable) is { } address
            ? new() { [ToolsAddressVariable] = address }
            : [];

    /// <exception cref="NodeDataConfigurationException">A variable points to a password that cannot be read.</exception>
    public static void Check()
    {
        _ = Read(OwnerVariable);
        _ = Read(IndexVariable);
    }

    public static TpmPasswords Create() => new(Directory.CreateTempSubdirectory("node-data-").FullName);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string? Read(string variable) =>
        Terminal.GetVariable(variable) is not { } text ? null
        : new SecretReference(text).Resolve(variable).Trim() is { Length: > 0 } password ? password
        : throw CommandFailedException.Usage(
            $"{variable} leads to nothing. Set it to the password, or to where it lies (file:PATH, env:NAME)."
        );

    private string? WriteFile(string variable)
    {
        if (Read(variable) is not { } password)
        {
            return null;
        }

        var path = Path.Combine(_folder, variable);
        OwnerOnlyFile.Write(path, Encoding.UTF8.GetBytes(password));
        return $"file:{path}";
    }
}
