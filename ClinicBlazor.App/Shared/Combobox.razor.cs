using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace ClinicBlazor.App.Shared;

/// <summary>
/// A text box that searches a list while one types and takes one item of it: the combobox pattern of the ARIA Authoring
/// Practices with a list popup. The page writes the visible label for <see cref="Id"/>. For staff pages.
/// </summary>
/// <typeparam name="TItem">What is searched for.</typeparam>
public sealed partial class Combobox<TItem>(IJSRuntime js, TimeProvider clock) : ComponentBase, IDisposable
    where TItem : class
{
    // Short enough to feel immediate, long enough that a word typed at speed is one search.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private ElementReference _input;

    private CancellationTokenSource? _search;

    private IReadOnlyList<TItem> _items = [];

    private TItem? _shown;

    private string _query = "";

    private string _searched = "";

    private string _announcement = "";

    private int _active = -1;

    private bool _open;

    /// <summary>Id of the text box, unique on the page.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>Name of the list for screen readers; the words of the visible label.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The chosen item; null when there is none.</summary>
    [Parameter]
    public TItem? Value { get; set; }

    /// <summary>Raised when an item is taken, and with null when the text box is emptied.</summary>
    [Parameter]
    public EventCallback<TItem?> ValueChanged { get; set; }

    /// <summary>Finds what matches the text, best first, at most as many as a person reads; cancelled by further typing.</summary>
    [Parameter, EditorRequired]
    public Func<string, CancellationToken, Task<IReadOnlyList<TItem>>> Search { get; set; } = static (_, _) =>
        Task.FromResult<IReadOnlyList<TItem>>([]);

    /// <summary>The words of an item.</summary>
    [Parameter, EditorRequired]
    public Func<TItem, string> TextOf { get; set; } = static item => item.ToString() ?? "";

    /// <summary>The code of an item, shown before its words; null for items without codes.</summary>
    [Parameter]
    public Func<TItem, string>? CodeOf { get; set; }

    /// <summary>A second line, for instance the synonym that matched; null or empty shows none.</summary>
    [Parameter]
    public Func<TItem, string?>? NoteOf { get; set; }

    /// <summary>
    /// Makes an item of what was typed and not chosen from the list, for lists whose items are also typed by heart. Null,
    /// the default, takes choices only.
    /// </summary>
    [Parameter]
    public Func<string, TItem>? FromText { get; set; }

    /// <summary>Characters typed before the search begins.</summary>
    [Parameter]
    public int MinLength { get; set; } = 2;

    /// <summary>Ids of hint and error, for <c>aria-describedby</c>.</summary>
    [Parameter]
    public string? DescribedBy { get; set; }

    /// <summary>What an example looks like.</summary>
    [Parameter]
    public string? Placeholder { get; set; }

    /// <summary>True when what stands here was refused.</summary>
    [Parameter]
    public bool Invalid { get; set; }

    /// <summary>True when nothing may be chosen.</summary>
    [Parameter]
    public bool Disabled { get; set; }

    private string ListId => Id + "-list";

    /// <inheritdoc />
    public void Dispose()
    {
        _search?.Cancel();
        _search?.Dispose();
    }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (Equals(Value, _shown))
            return;
        _shown = Value;
        _query = Display(Value);
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        // What it attaches lives and dies with the element.
        await using var module = await js.InvokeAsync<IJSObjectReference>("import", CancellationToken.None,
            "./" + Assets["js/combobox.js"]);
        await module.InvokeVoidAsync("attach", CancellationToken.None, _input);
    }

    private async Task SearchAsync(string text)
    {
        _query = text;
        var ct = AbandonSearch();
        var words = text.Trim();
        if (words.Length == 0)
            await TakeAsync(null);
        else if (FromText is not null)
            await ValueChanged.InvokeAsync(_shown = FromText(words));
        if (words.Length < MinLength)
        {
            Close();
            return;
        }

        try
        {
            await Task.Delay(Pause, clock, ct);
            var found = await Search(words, ct);
            ct.ThrowIfCancellationRequested();
            (_items, _searched, _active, _open) = (found, words, found.Count > 0 ? 0 : -1, true);
            _announcement = found.Count > 0 ? T["{0} found", found.Count] : T["Nothing found for “{0}”", words];
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Typed on, or left: a later search or none has taken over.
        }
    }

    private Task HandleKeyAsync(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown" when _open && _items.Count > 0:
                _active = (_active + 1) % _items.Count;
                break;
            case "ArrowUp" when _open && _items.Count > 0:
                _active = (_active + _items.Count - 1) % _items.Count;
                break;
            case "ArrowDown" when !_open && _query != Display(_shown):
                return SearchAsync(_query);
            case "Enter" when _open && _active >= 0:
                return TakeAsync(_items[_active]);
            case "Escape":
                Close();
                break;
        }

        return Task.CompletedTask;
    }

    private async Task TakeAsync(TItem? item)
    {
        Close();
        _shown = item;
        _query = Display(item);
        await ValueChanged.InvokeAsync(item);
    }

    /// <summary>Text that was not made into a choice gives way to the choice that stands.</summary>
    private void Leave()
    {
        AbandonSearch();
        Close();
        _query = Display(_shown);
    }

    /// <summary>Cancels the search that is under way; the token is the next one's.</summary>
    private CancellationToken AbandonSearch()
    {
        _search?.Cancel();
        _search?.Dispose();
        _search = new CancellationTokenSource();
        return _search.Token;
    }

    private void Close() => (_open, _active, _announcement) = (false, -1, "");

    private string Display(TItem? item) => (item, CodeOf) switch
    {
        (null, _) => "",
        (_, null) => TextOf(item),
        _ => $"{CodeOf(item)} {TextOf(item)}".TrimEnd(),
    };

    private string OptionId(int index) => $"{Id}-{index}";
}
