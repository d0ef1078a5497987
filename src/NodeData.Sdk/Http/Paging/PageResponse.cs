using System.Text.Json.Serialization.Metadata;

namespace NodeData.Sdk.Http.Paging;

/// <summary>The JSON model of a page (contract, "Pagination").</summary>
internal sealed class PageResponse<TItem>
{
    public List<TItem>? Items { get; set; }

    public string? NextCursor { get; set; }

    public bool? HasMore { get; set; }
}

/// <summary>Creates readers of pages.</summary>
internal static class PageResponse
{
    public static ResponseReader<NodePage<T>> CreateReader<TItem, T>(JsonTypeInfo<PageResponse<TItem>> typeInfo, Func<TItem, T> toModel) =>
        JsonResponse.CreateReader(typeInfo, page => ToModel(page, toModel));

    // A page is the last one if has_more is false or next_cursor is missing.
    private static NodePage<T> ToModel<TItem, T>(PageResponse<TItem> page, Func<TItem, T> toModel)
    {
        var next = page.HasMore is false || string.IsNullOrEmpty(page.NextCursor) ? null : page.NextCursor;
        return new NodePage<T>(page.Items is { } items ? [.. items.Select(toModel)] : [], next);
    }
}
