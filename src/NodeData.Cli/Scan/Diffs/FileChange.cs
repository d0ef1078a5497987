using NodeData.Cli.Scan.Searching;
using NodeData.Cli.Secrets;

namespace NodeData.Cli.Scan.Diffs;

/// <summary>What one commit did to one file, as far as secrets go.</summary>
/// <param name="commit">The commit; null for what is staged.</param>
/// <param name="path">The file, as git names it.</param>
internal sealed class FileChange(string? commit, string path)
{
    private readonly List<(SecretInLine Secret, int Line)> _added = [];
    private readonly List<FoundSecret> _removed = [];

    public string? Commit { get; } = commit;

    public string Path { get; set; } = path;

    /// <summary>The blobs before: one, or one for each parent of a merge.</summary>
    public string[] OldBlobs { get; set; } = [];

    /// <summary>The blob after.</summary>
    public string NewBlob { get; set; } = "";

    /// <summary>Whether git shows no lines of it.</summary>
    public bool IsBinary { get; set; }

    public void Add(IEnumerable<SecretInLine> secrets, int line) => _added.AddRange(secrets.Select(secret => (secret, line)));

    public void Remove(IEnumerable<SecretInLine> secrets) => _removed.AddRange(secrets.Select(secret => secret.Secret));

    /// <summary>The secrets that came in: those of the added lines, without those that only moved or whose line was edited.</summary>
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
