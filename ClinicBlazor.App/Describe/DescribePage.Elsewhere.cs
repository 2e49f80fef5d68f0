using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;

namespace ClinicBlazor.App.Describe;

/// <summary>The same description in two windows: the second is told of the first, and overwrites nothing.</summary>
public sealed partial class DescribePage
{
    // What is sent without a circuit goes into the draft, and which of two texts that is must be decided first.
    private string? UnsentAddress => _saver!.Overtaken ? null : UnsentAnswers.AddressFor(_patientId);

    private async Task<SavedDraft?> FindDraftAsync()
    {
        var draft = await Drafts.FindAsync(await Current.GetAsync(), _patientId, DraftService.NewRecordForm, CancellationToken.None);
        _refused |= !draft.IsSuccess;
        return draft.IsSuccess ? draft.Value : null;
    }

    /// <summary>Nothing was sent here, because the other window was quicker: it has sent its answers, or gone on with them.</summary>
    private async Task GiveWayAsync()
    {
        if (await FindDraftAsync() is { } draft && draft.SavedAt != _saver!.SavedAt)
        {
            _saver.Touch();
            await _saver.SaveAsync();
        }
        else
        {
            _sentElsewhere = true;
        }
    }

    private async Task TakeTheirsAsync()
    {
        var draft = await FindDraftAsync();
        _answers = draft is null ? new ProblemAnswers() : ProblemAnswers.FromDraft(draft.Body);
        _saver!.Found(draft?.SavedAt);
        (_problems, _sentElsewhere) = ([], draft is null);
    }

    private async Task KeepMineAsync()
    {
        var draft = await FindDraftAsync();
        if (draft is null)
        {
            // The other window has sent its answers: these are another problem's.
            _answers = _answers with { Command = CommandId.New().Value };
        }

        _saver!.Found(draft?.SavedAt);
        _saver.Touch();
        await _saver.SaveAsync();
    }
}
