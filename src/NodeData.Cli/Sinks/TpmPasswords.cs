using System.Text;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Sinks;

/// <summary>
/// Passes the passwords of the TPM's owner and of the index to tpm2-tools, in files of mode 0600 that are deleted on disposal, because other users can read
/// arguments.
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

    /// <summary>The arguments for commands that the owner authorizes.</summary>
    public string[] OwnerArguments { get; }

    /// <summary>The arguments for defining an index, which is then read with this password.</summary>
    public string[] NewIndexArguments { get; }

    /// <summary>The arguments for reading an index.</summary>
    public string[] IndexArguments { get; }

    /// <summary>Returns the TPM's address for tpm2-tools, if only the client's variable has it.</summary>
    public static Dictionary<string, string> GetAddressVariables() =>
        Terminal.GetVariable(ToolsAddressVariable) is null && Terminal.GetVariable(AddressVariable) is { } address
            ? new() { [ToolsAddressVariable] = address }
            : [];

    /// <exception cref="NodeDataConfigurationException">A variable references a password that cannot be read.</exception>
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
            $"{variable} resolves to an empty value. Set it to the password or to a reference (file:PATH, env:NAME)."
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
