/* Speech with exact phone times from flite, for training.
 * usage: teacher slt|rms|awb OUT_DIR < lines of "id<TAB>text"
 * writes OUT_DIR/<id>.wav (16 kHz mono) and appends "id start end phone" to OUT_DIR/phones.tsv.
 * build: gcc -O2 teacher.c -o teacher -lflite_cmu_us_slt -lflite_cmu_us_rms -lflite_cmu_us_awb -lflite_usenglish
 *        -lflite_cmulex -lflite -lm */
#include <flite/flite.h>
#include <stdio.h>
#include <string.h>

cst_voice *register_cmu_us_slt(const char *);
cst_voice *register_cmu_us_rms(const char *);
cst_voice *register_cmu_us_awb(const char *);

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    flite_init();
    cst_voice *voice = strcmp(argv[1], "rms") == 0   ? register_cmu_us_rms(NULL)
                       : strcmp(argv[1], "awb") == 0 ? register_cmu_us_awb(NULL)
                                                     : register_cmu_us_slt(NULL);
    char line[4096], path[4096];
    snprintf(path, sizeof path, "%s/phones.tsv", argv[2]);
    FILE *phones = fopen(path, "w");
    if (!phones)
        return 1;
    while (fgets(line, sizeof line, stdin)) {
        char *tab = strchr(line, '\t');
        if (!tab)
            continue;
        *tab = 0;
        tab[1 + strcspn(tab + 1, "\r\n")] = 0;
        cst_utterance *utterance = flite_synth_text(tab + 1, voice);
        cst_wave *wave = utt_wave(utterance);
        snprintf(path, sizeof path, "%s/%s.wav", argv[2], line);
        cst_wave_save_riff(wave, path);
        float start = 0;
        for (cst_item *s = relation_head(utt_relation(utterance, "Segment")); s; s = item_next(s)) {
            float end = item_feat_float(s, "end");
            fprintf(phones, "%s\t%.3f\t%.3f\t%s\n", line, start, end, item_feat_string(s, "name"));
            start = end;
        }
        delete_utterance(utterance);
    }
    fclose(phones);
    return 0;
}
