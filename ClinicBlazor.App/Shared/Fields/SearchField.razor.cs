using ClinicBlazor.Domain.Input;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace ClinicBlazor.App.Shared.Fields;

/// <summary>
/// A text box on a staff page that searches while one types and takes one item; the first that was found is taken by Enter,
/// unless it is only something like what was asked for. It searches either a list of people that is given, which a click and
/// the arrow down open as a whole, or whatever the page finds.
/// </summary>
/// <typeparam name="TItem">What is searched for.</typeparam>
public sealed partial class SearchField<TItem> : ComponentBase
    where TItem : class
{
    private const int ShortestSearch = 2;

    private ClinicAutocomplete<TItem> _box = null!;

    private IConverter<TItem?, string?> _converter = null!;

    // What an item was last made of.
    private string? _typed;

    private string _searched = "";

    private string _announcement = "";

    private int _found;

    // True while the list holds only what is like the text, and none of it has been taken.
    private bool _mustChoose;

    /// <summary>Id of the text box, unique on the page.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>What stands above the box.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The chosen item; null when there is none.</summary>
    [Parameter]
    public TItem? Value { get; set; }

    /// <summary>Raised when an item is taken, and with null when the text box is emptied.</summary>
    [Parameter]
    public EventCallback<TItem?> ValueChanged { get; set; }

    /// <summary>All the people there are to choose from, where that is a short list; null where <see cref="Search"/> finds it.</summary>
    [Parameter]
    public IReadOnlyList<TItem>? Items { get; set; }

    /// <summary>Finds what matches the text, best first, at most as many as a person reads; cancelled by the next search.</summary>
    [Parameter]
    public Func<string, CancellationToken, Task<IReadOnlyList<TItem>>>? Search { get; set; }

    /// <summary>The words of an item.</summary>
    [Parameter, EditorRequired]
    public Func<TItem, string> TextOf { get; set; } = static item => item.ToString() ?? "";

    /// <summary>The code of an item, shown before its words; null for items without codes.</summary>
    [Parameter]
    public Func<TItem, string>? CodeOf { get; set; }

    /// <summary>A second line, for instance the synonym that matched; null or empty shows none.</summary>
    [Parameter]
    public Func<TItem, string?>? NoteOf { get; set; }

    /// <summary>True for an item that is only like what was asked for: Enter does not take it by itself.</summary>
    [Parameter]
    public Func<TItem, bool>? IsGuess { get; set; }

    /// <summary>
    /// Makes an item of what was typed and not chosen from the list, for lists whose items are also typed by heart. Null,
    /// the default, takes choices only.
    /// </summary>
    [Parameter]
    public Func<string, TItem>? FromText { get; set; }

    /// <summary>Most characters that can be typed.</summary>
    [Parameter]
    public int MaxLength { get; set; } = 200;

    /// <summary>What stands in the box while nothing is chosen.</summary>
    [Parameter]
    public string? Placeholder { get; set; }

    /// <summary>An example, or what becomes of it.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>What is wrong with what stands here; null when nothing is.</summary>
    [Parameter]
    public string? Problem { get; set; }

    private bool Invalid => Problem is not null;

    private bool IsChoice => Items is not null;

    /// <summary>Gives the text box the focus.</summary>
    public Task FocusAsync() => _box.FocusIfThereAsync();

    /// <inheritdoc />
    protected override void OnInitialized() => _converter = Conversions.From<TItem?, string?>(Display, Read);

    private async Task<IEnumerable<TItem>> FindAsync(string? text, CancellationToken ct)
    {
        var words = text?.Trim() ?? "";
        if (words == Display(Value) && words != _typed)
        {
            if (!IsChoice)
            {
                // What stands in the box has been taken: Enter and a click look for it no second time.
                await _box.CloseMenuAsync();
                return [];
            }

            words = "";
        }

        var found = Search is null ? Matching(words) : await Search(words, ct);
        ct.ThrowIfCancellationRequested();
        (_searched, _found) = (words, found.Count);
        _mustChoose = found is [var first, ..] && IsGuess?.Invoke(first) == true;
        _box.MarksFirst = !_mustChoose;
        _announcement = found.Count > 0 ? Found : T["Nothing found for “{0}”", words];
        StateHasChanged();
        return found;
    }

    private List<TItem> Matching(string text)
    {
        var asked = NameWords.Asked(text);
        return [.. Items!.Where(item => NameWords.Of(TextOf(item)) is var words
            && asked.All(word => words.Any(other => other.StartsWith(word, StringComparison.Ordinal))))];
    }

    private string Found => _mustChoose ? T["{0} found, none just like it: choose one", _found] : T["{0} found", _found];

    private Task TakeAsync(TItem? item)
    {
        _mustChoose = false;
        return ValueChanged.InvokeAsync(item);
    }

    // The library closes the list at Enter, also when it has taken nothing: that would look like a choice.
    private Task StayOpenAsync(KeyboardEventArgs key) =>
        key.Key is "Enter" or "NumpadEnter" && _mustChoose && !_box.Open ? _box.OpenMenuAsync() : Task.CompletedTask;

    private void Opened(bool isOpen) => _announcement = isOpen ? _announcement : "";

    // A click on the list leaves the focus where it is, so that whoever leaves the box leaves the list too.
    private Task LeaveAsync()
    {
        _announcement = "";
        return _box.Open ? _box.CloseMenuAsync() : Task.CompletedTask;
    }

    private TItem? Read(string? text)
    {
        _typed = text?.Trim();
        return string.IsNullOrEmpty(_typed) ? null : FromText?.Invoke(_typed);
    }

    private string Display(TItem? item) => (item, CodeOf) switch
    {
        (null, _) => "",
        (_, null) => TextOf(item),
        _ => $"{CodeOf(item)} {TextOf(item)}".TrimEnd(),
    };
}
