using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Describe;

/// <summary>
/// A question that is answered by choosing one of several. A tap on an answer also leads on; the arrow keys, which choose
/// each answer that they pass, do not.
/// </summary>
public abstract class ChoiceQuestion : ComponentBase
{
    private bool _tapped;

    /// <summary>The answers, which the question writes into.</summary>
    [Parameter, EditorRequired]
    public ProblemAnswers Answers { get; set; } = null!;

    /// <summary>Raised after an answer was given.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnChange { get; set; }

    /// <summary>Raised after an answer was tapped that needs nothing more.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnTapped { get; set; }

    /// <summary>A finger or the mouse is on the answers.</summary>
    protected void Tap() => _tapped = true;

    /// <summary>The keyboard is used on the answers.</summary>
    protected void Key() => _tapped = false;

    /// <summary>Tells the page of an answer; <paramref name="complete"/> when the question asks for nothing more.</summary>
    protected async Task ChosenAsync(bool complete)
    {
        await OnChange.InvokeAsync();
        if (_tapped && complete)
        {
            await OnTapped.InvokeAsync();
        }

        _tapped = false;
    }
}
