using NodeData.Cli.Scan.Searching;
using NodeData.Cli.Secrets;

namespace NodeData.Cli.Scan.Diffs;

/// <summary>The secrets that one commit added to and removed from one file.</summary>
/// <param name="commit">The commit; null for staged changes.</param>
/// <param name="path">The path of the file, as git prints it.</param>
internal sealed class FileChange(string? commit, string path)
{
    private readonly List<(SecretInLine Secret, int Line)> _added = [];
    private readonly List<FoundSecret> _removed = [];

    public string? Commit { get; } = commit;

    public string Path { get; set; } = path;

    /// <summary>The blobs before the change: one, or one for each parent of a merge.</summary>
    public string[] OldBlobs { get; set; } = [];

    /// <summary>The blob after the change.</summary>
    public string NewBlob { get; set; } = "";

    /// <summary>Whether git prints no lines of the file.</summary>
    public bool IsBinary { get; set; }

    public void Add(IEnumerable<SecretInLine> secrets, int line) => _added.AddRange(secrets.Select(secret => (secret, line)));

    public void Remove(IEnumerable<SecretInLine> secrets) => _removed.AddRange(secrets.Select(secret => secret.Secret));

    /// <summary>Returns the secrets on added lines, except those that only moved or whose line was edited.</summary>
    public IEnumerable<Finding> GetIntroducedSecrets()
    {
        foreach (var (secret, line) in _added)
        {
            if (!_removed.Remove(secret.Secret))
            {
                yield return new Finding(secret.Secret, Commit, Path, line, secret.Column);
            }
        }
    }
}
