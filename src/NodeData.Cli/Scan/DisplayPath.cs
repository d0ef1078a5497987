using System.Text;
using NodeData.Cli.Scan.Searching;

namespace NodeData.Cli.Scan;

/// <summary>Masks the secrets in a path, because a file name may contain a key.</summary>
internal static class DisplayPath
{
    public static string Mask(string path)
    {
        using var name = new MemoryStream(Encoding.UTF8.GetBytes(path), writable: false);
        foreach (var (found, _) in new StreamSearch(name).Find(CancellationToken.None))
        {
            path = path.Replace(found.Secret.Reveal(), found.Secret.Hint, StringComparison.Ordinal);
        }

        return path;
    }
}
