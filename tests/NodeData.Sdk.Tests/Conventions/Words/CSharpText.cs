using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace NodeData.Sdk.Tests.Conventions.Words;

/// <summary>The two languages of a source file. Each keeps its lines and columns; the other one is blank.</summary>
internal static class CSharpText
{
    /// <summary>Gets what people read: comments, documentation and strings.</summary>
    public static string ProseOf(string source)
    {
        var root = CSharpSyntaxTree.ParseText(source).GetRoot();
        var comments = root.DescendantTrivia()
            .Where(trivia => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia)
            .Select(trivia => trivia.Span);
        return Only(source, root.DescendantTokens(descendIntoTrivia: true).Where(IsProse).Select(token => token.Span).Concat(comments));
    }

    /// <summary>Gets the identifiers.</summary>
    public static string CodeOf(string source) =>
        Only(
            source,
            CSharpSyntaxTree
                .ParseText(source)
                .GetRoot()
                .DescendantTokens(descendIntoTrivia: true)
                .Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Parent is not XmlNameSyntax)
                .Select(token => token.Span)
        );

    private static bool IsProse(SyntaxToken token) =>
        token.Kind()
            is SyntaxKind.StringLiteralToken
                or SyntaxKind.SingleLineRawStringLiteralToken
                or SyntaxKind.MultiLineRawStringLiteralToken
                or SyntaxKind.Utf8StringLiteralToken
                or SyntaxKind.InterpolatedStringTextToken
                or SyntaxKind.XmlTextLiteralToken;

    private static string Only(string source, IEnumerable<TextSpan> spans)
    {
        var text = source.Select(character => character == '\n' ? '\n' : ' ').ToArray();
        foreach (var span in spans)
        {
            source.CopyTo(span.Start, text, span.Start, span.Length);
        }

        return new string(text);
    }
}
