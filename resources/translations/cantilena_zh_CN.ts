<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>Brief</name>
        <message>
            <source>Instrumental</source>
            <translation>纯音乐</translation>
        </message>
    </context>
    <context>
        <name>BriefChip</name>
        <message>
            <source>Your choice</source>
            <translation>你的选择</translation>
        </message>
        <message>
            <source>From the sentence</source>
            <translation>依据描述</translation>
        </message>
        <message>
            <source>Back to the sentence</source>
            <translation>恢复为依据描述</translation>
        </message>
    </context>
    <context>
        <name>BriefEditor</name>
        <message>
            <source>Sad</source>
            <translation>悲伤</translation>
        </message>
        <message>
            <source>Happy</source>
            <translation>快乐</translation>
        </message>
        <message>
            <source>Calm</source>
            <translation>平静</translation>
        </message>
        <message>
            <source>Excited</source>
            <translation>激动</translation>
        </message>
        <message>
            <source>From the sentence</source>
            <translation>依据描述</translation>
        </message>
        <message>
            <source>Leave open</source>
            <translation>不限</translation>
        </message>
        <message>
            <source>Style and mood decide</source>
            <translation>由风格和情绪决定</translation>
        </message>
        <message>
            <source>Nothing said</source>
            <translation>描述中未提及</translation>
        </message>
        <message>
            <source>Back to the sentence</source>
            <translation>恢复为依据描述</translation>
        </message>
    </context>
    <context>
        <name>Dialog</name>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
    </context>
    <context>
        <name>Drums</name>
        <message>
            <source>Kick</source>
            <translation>底鼓</translation>
        </message>
        <message>
            <source>Stick</source>
            <translation>边击</translation>
        </message>
        <message>
            <source>Snare</source>
            <translation>军鼓</translation>
        </message>
        <message>
            <source>Clap</source>
            <translation>拍手</translation>
        </message>
        <message>
            <source>Low tom</source>
            <translation>低通鼓</translation>
        </message>
        <message>
            <source>Hi-hat</source>
            <translation>踩镲</translation>
        </message>
        <message>
            <source>Pedal</source>
            <translation>脚踩镲</translation>
        </message>
        <message>
            <source>Mid tom</source>
            <translation>中通鼓</translation>
        </message>
        <message>
            <source>Open hat</source>
            <translation>开镲</translation>
        </message>
        <message>
            <source>High tom</source>
            <translation>高通鼓</translation>
        </message>
        <message>
            <source>Crash</source>
            <translation>吊镲</translation>
        </message>
        <message>
            <source>Ride</source>
            <translation>叮叮镲</translation>
        </message>
        <message>
            <source>Bell</source>
            <translation>镲帽</translation>
        </message>
        <message>
            <source>Tamb.</source>
            <translation>铃鼓</translation>
        </message>
        <message>
            <source>Cowbell</source>
            <translation>牛铃</translation>
        </message>
        <message>
            <source>Maracas</source>
            <translation>沙锤</translation>
        </message>
    </context>
    <context>
        <name>HelpButton</name>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>键盘快捷键</translation>
        </message>
    </context>
    <context>
        <name>LevelMeter</name>
        <message>
            <source>Level</source>
            <translation>电平</translation>
        </message>
    </context>
    <context>
        <name>LineEditor</name>
        <message>
            <source>The line</source>
            <translation>这一行</translation>
        </message>
        <message>
            <source>Syllables typed and wanted: %1</source>
            <translation>已输入与所需的音节数：%1</translation>
        </message>
        <message>
            <source>Replace</source>
            <translation>替换</translation>
        </message>
        <message>
            <source>Makes this the line</source>
            <translation>用它替换这一行</translation>
        </message>
        <message>
            <source>Looking for words</source>
            <translation>正在找词</translation>
        </message>
        <message numerus="yes">
            <source>In all %n places of the song</source>
            <translation>
                <numerusform>歌曲中 %n 处一并替换</numerusform>
            </translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>More lines</source>
            <translation>换一批</translation>
        </message>
        <message>
            <source>Suggests other lines of the same kind</source>
            <translation>推荐另一批同类的句子</translation>
        </message>
    </context>
    <context>
        <name>LyricRow</name>
        <message>
            <source>Go to %1</source>
            <translation>转到%1</translation>
        </message>
        <message>
            <source>Edit the word</source>
            <translation>编辑这个词</translation>
        </message>
        <message>
            <source>Other words for this line</source>
            <translation>为这一行换词</translation>
        </message>
        <message numerus="yes">
            <source>%n syllable(s)</source>
            <translation>
                <numerusform>%n 个音节</numerusform>
            </translation>
        </message>
        <message>
            <source>Rhymes as %1</source>
            <translation>押 %1 韵</translation>
        </message>
        <message>
            <source>Does not rhyme with the other lines of %1</source>
            <translation>与 %1 韵的其他行不押韵</translation>
        </message>
    </context>
    <context>
        <name>LyricistDialog</name>
        <message>
            <source>Lyricist</source>
            <translation>作词</translation>
        </message>
        <message>
            <source>Use an online language model as lyricist</source>
            <translation>用在线语言模型写歌词</translation>
        </message>
        <message>
            <source>The environment variables CANTILENA_LYRICIST_URL and so on say which; change them there.</source>
            <translation>由环境变量 CANTILENA_LYRICIST_URL 等决定，请在那里修改。</translation>
        </message>
        <message>
            <source>The sentence that you type is then sent to the server below; otherwise nothing leaves this computer.</source>
            <translation>开启后，您输入的描述会发送到下面的服务器；关闭时，任何内容都不会离开这台电脑。</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>地址</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>密钥</translation>
        </message>
        <message>
            <source>A key is kept; type another to replace it</source>
            <translation>已保存密钥，输入新的即可替换</translation>
        </message>
        <message>
            <source>If the server asks for one</source>
            <translation>服务器需要时填写</translation>
        </message>
        <message>
            <source>Forget</source>
            <translation>删除</translation>
        </message>
        <message>
            <source>Forget the key</source>
            <translation>删除密钥</translation>
        </message>
        <message>
            <source>Stored on this computer only, in a file that nobody but you can read.</source>
            <translation>只保存在这台电脑上，存放它的文件只有您能读取。</translation>
        </message>
        <message>
            <source>Asking the server…</source>
            <translation>正在询问服务器……</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>测试</translation>
        </message>
        <message>
            <source>Asks the server for a word</source>
            <translation>请服务器回答一个词</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>From the environment</source>
            <translation>来自环境变量</translation>
        </message>
    </context>
    <context>
        <name>Lyrics</name>
        <message>
            <source>%1 stressed</source>
            <comment>a syllable</comment>
            <translation>%1 重读</translation>
        </message>
    </context>
    <context>
        <name>LyricsPanel</name>
        <message>
            <source>Lyrics</source>
            <translation>歌词</translation>
        </message>
        <message>
            <source>Hide syllables and stress</source>
            <translation>隐藏音节与重音</translation>
        </message>
        <message>
            <source>Show syllables and stress</source>
            <translation>显示音节与重音</translation>
        </message>
        <message>
            <source>This tune has no words yet. What should they be about?</source>
            <translation>这段旋律还没有歌词。想写些什么？</translation>
        </message>
        <message>
            <source>What the words are about</source>
            <translation>歌词写什么</translation>
        </message>
        <message>
            <source>My old dog, the sea in winter…</source>
            <translation>我的老狗，冬天的海……</translation>
        </message>
        <message>
            <source>Writing…</source>
            <translation>填词中……</translation>
        </message>
        <message>
            <source>Write words</source>
            <translation>填词</translation>
        </message>
    </context>
    <context>
        <name>Main</name>
        <message>
            <source>%1 – Cantilena</source>
            <translation>%1 – Cantilena</translation>
        </message>
    </context>
    <context>
        <name>MessageBar</name>
        <message>
            <source>Close the message</source>
            <translation>关闭消息</translation>
        </message>
    </context>
    <context>
        <name>Messages</name>
        <message>
            <source>The job was cancelled.</source>
            <translation>任务已取消。</translation>
        </message>
        <message>
            <source>Type what the song should be about, in a few words or a sentence.</source>
            <translation>请用几个词或一句话写下歌曲的内容。</translation>
        </message>
        <message>
            <source>There is no song to export; create or open one first.</source>
            <translation>没有可导出的歌曲，请先创作或打开一首。</translation>
        </message>
        <message>
            <source>There is no song to save; create or open one first.</source>
            <translation>没有可保存的歌曲，请先创作或打开一首。</translation>
        </message>
        <message>
            <source>There is no song to change; create or open one first.</source>
            <translation>没有可修改的歌曲，请先创作或打开一首。</translation>
        </message>
        <message>
            <source>The track is no longer in the song; choose it again.</source>
            <translation>歌曲中已没有这条音轨，请重新选择。</translation>
        </message>
        <message>
            <source>The song needs a title; type at least one character.</source>
            <translation>歌曲需要歌名，请至少输入一个字。</translation>
        </message>
        <message>
            <source>The word is no longer in the lyrics; choose it again.</source>
            <translation>歌词中已没有这个词，请重新选择。</translation>
        </message>
        <message>
            <source>A line needs at least one word; type a word, or change another line.</source>
            <translation>一行至少要有一个词，请输入一个词，或修改别的行。</translation>
        </message>
        <message>
            <source>Cannot write %1 because the disk is full; free some space.</source>
            <translation>磁盘已满，无法写入 %1，请腾出空间。</translation>
        </message>
        <message>
            <source>%1 is not a file of Cantilena, or it is damaged from its first byte.</source>
            <translation>%1 不是 Cantilena 的文件，或者从开头就已损坏。</translation>
        </message>
        <message>
            <source>%1 is damaged or was cut short; use a copy of it.</source>
            <translation>%1 已损坏或不完整，请使用它的副本。</translation>
        </message>
        <message>
            <source>%1 is damaged; use a copy of it.</source>
            <translation>%1 已损坏，请使用它的副本。</translation>
        </message>
        <message>
            <source>%1 is in use by another program; close it there and try again.</source>
            <translation>%1 正被另一个程序使用，请在那里关闭后再试。</translation>
        </message>
        <message>
            <source>Cannot write %1; check its permissions and those of its folder.</source>
            <translation>无法写入 %1，请检查文件和文件夹的权限。</translation>
        </message>
        <message>
            <source>Cannot write %1; check its permissions, or copy it to a folder of your own.</source>
            <translation>无法写入 %1，请检查权限，或把它复制到自己的文件夹。</translation>
        </message>
        <message>
            <source>%1 is already open; close it in the other window first.</source>
            <translation>%1 已经打开，请先在另一个窗口关闭它。</translation>
        </message>
        <message>
            <source>There is no file %1; check its name.</source>
            <translation>没有文件 %1，请检查名称。</translation>
        </message>
        <message>
            <source>There is no file %1.</source>
            <translation>没有文件 %1。</translation>
        </message>
        <message>
            <source>%1 is a folder; choose a song in it.</source>
            <translation>%1 是文件夹，请选择其中的歌曲。</translation>
        </message>
        <message>
            <source>%1 is not a plain file.</source>
            <translation>%1 不是普通文件。</translation>
        </message>
        <message>
            <source>%1 is empty; it is not a song.</source>
            <translation>%1 是空文件，不是歌曲。</translation>
        </message>
        <message>
            <source>%1 is not a song of Cantilena.</source>
            <translation>%1 不是 Cantilena 的歌曲。</translation>
        </message>
        <message>
            <source>There is no sound device (%1), so playback is silent; export still works.</source>
            <translation>没有声音设备（%1），因此静音播放；导出不受影响。</translation>
        </message>
        <message>
            <source>none was found</source>
            <translation>未找到</translation>
        </message>
        <message>
            <source>The sound device %1 has gone, so playback is silent.</source>
            <translation>声音设备 %1 已断开，因此静音播放。</translation>
        </message>
        <message>
            <source>Playback is silent, as asked.</source>
            <translation>按要求静音播放。</translation>
        </message>
        <message>
            <source>The note is no longer in the song; choose it again.</source>
            <translation>歌曲中已没有这个音符，请重新选择。</translation>
        </message>
        <message>
            <source>The word “%1” would be sung in part; delete all its notes, or retype it.</source>
            <translation>“%1”只会唱出一部分；请删除它的全部音符，或改写这个词。</translation>
        </message>
        <message>
            <source>“%1” is the only word of its line and stays; retype it instead.</source>
            <translation>“%1”是这一行唯一的词，不能删除；请改写它。</translation>
        </message>
        <message>
            <source>The words of a song keep their order; move the notes less far.</source>
            <translation>歌词的顺序不能改变，请少移动一些。</translation>
        </message>
        <message>
            <source>The singer sings one note at a time; choose a place where no note begins.</source>
            <translation>歌手一次只唱一个音，请选择没有音符开始的位置。</translation>
        </message>
        <message>
            <source>The song has no bars yet, so there is no place for a note.</source>
            <translation>歌曲还没有小节，无处放置音符。</translation>
        </message>
        <message>
            <source>The notes under “%1” are too short for “%2”; lengthen them first, or choose a shorter word.</source>
            <translation>“%1”的音符太短，唱不下“%2”；请先加长音符，或换一个短些的词。</translation>
        </message>
        <message>
            <source>No singer is installed; install Cantilena again.</source>
            <translation>没有安装歌手，请重新安装 Cantilena。</translation>
        </message>
        <message>
            <source>Cannot open %1; check that it exists and that you may read and write it and its folder.</source>
            <translation>无法打开 %1；请检查它是否存在，以及它和所在文件夹的读写权限。</translation>
        </message>
        <message>
            <source>The disk failed while %1 was read or written; check the disk.</source>
            <translation>读写 %1 时磁盘出错，请检查磁盘。</translation>
        </message>
        <message>
            <source>%1 was written by a newer Cantilena (file version %2, this program reads up to %3); update the program to open it.</source>
            <translation>%1 由更新版本的 Cantilena 写成（文件版本 %2，本程序最高读取 %3）；请更新程序后打开。</translation>
        </message>
        <message>
            <source>%1 is damaged: its journal does not fit its song; use a copy of it.</source>
            <translation>%1 已损坏：日志与歌曲不符；请使用备份。</translation>
        </message>
        <message>
            <source>No General MIDI sound font was found; install the package fluid-soundfont-gm.</source>
            <translation>未找到 General MIDI 音色库，请安装软件包 fluid-soundfont-gm。</translation>
        </message>
        <message>
            <source>Cannot write %1: %2.</source>
            <translation>无法写入 %1：%2。</translation>
        </message>
        <message>
            <source>Cannot read %1: %2.</source>
            <translation>无法读取 %1：%2。</translation>
        </message>
        <message>
            <source>the folder does not exist</source>
            <translation>文件夹不存在</translation>
        </message>
        <message>
            <source>permission denied</source>
            <translation>没有权限</translation>
        </message>
        <message>
            <source>the disk is read-only</source>
            <translation>磁盘是只读的</translation>
        </message>
        <message>
            <source>the disk is full</source>
            <translation>磁盘已满</translation>
        </message>
        <message>
            <source>part of the path is not a folder</source>
            <translation>路径中有一部分不是文件夹</translation>
        </message>
        <message>
            <source>the name is too long</source>
            <translation>名称过长</translation>
        </message>
        <message>
            <source>it is a folder</source>
            <translation>它是一个文件夹</translation>
        </message>
        <message>
            <source>it is not a plain file</source>
            <translation>它不是普通文件</translation>
        </message>
        <message>
            <source>Playing through %1.</source>
            <translation>正在通过 %1 播放。</translation>
        </message>
        <message>
            <source>The lyrics are by Cantilena&apos;s own models: %1</source>
            <translation>歌词改由 Cantilena 自己的模型写成：%1</translation>
        </message>
        <message>
            <source>%1 at %2 answers.</source>
            <translation>%2 上的 %1 能够回答。</translation>
        </message>
        <message>
            <source>Too few lines of the language model could be sung; try again, or choose another model.</source>
            <translation>语言模型写的歌词大多不能演唱，请重试，或换一个模型。</translation>
        </message>
        <message>
            <source>The address of the language model is missing; write one such as https://api.deepseek.com.</source>
            <translation>请填写语言模型的地址，例如 https://api.deepseek.com。</translation>
        </message>
        <message>
            <source>The address of the language model cannot be read; write it like https://api.deepseek.com or http://localhost:11434/v1.</source>
            <translation>无法识别语言模型的地址，请写成 https://api.deepseek.com 或 http://localhost:11434/v1 的样子。</translation>
        </message>
        <message>
            <source>The address of the language model has to begin with https:// or http://.</source>
            <translation>语言模型的地址要以 https:// 或 http:// 开头。</translation>
        </message>
        <message>
            <source>The address of the language model holds a name or a password; remove it and give the key by itself.</source>
            <translation>语言模型的地址里带有用户名或密码，请删去，并把密钥单独填写。</translation>
        </message>
        <message>
            <source>The name of the language model is missing; write one such as deepseek-chat.</source>
            <translation>请填写模型名称，例如 deepseek-chat。</translation>
        </message>
        <message>
            <source>The name of the language model is too long; write it as the server lists it.</source>
            <translation>模型名称太长，请按服务器给出的名称填写。</translation>
        </message>
        <message>
            <source>The key of the language model holds a space or a character that no key has; copy it again.</source>
            <translation>密钥里有空格或不该有的字符，请重新复制。</translation>
        </message>
        <message>
            <source>The key would travel unencrypted to %1; write an address with https://, or leave the key out.</source>
            <translation>密钥会不加密地发送到 %1，请使用 https:// 开头的地址，或不填密钥。</translation>
        </message>
        <message>
            <source>%1 was not found; check the address and the network.</source>
            <translation>找不到 %1，请检查地址和网络。</translation>
        </message>
        <message>
            <source>%1 takes no connection; check the address, and that the server runs.</source>
            <translation>无法连接 %1，请检查地址，并确认服务器正在运行。</translation>
        </message>
        <message>
            <source>No secure connection to %1 could be made; check the address and this computer&apos;s clock.</source>
            <translation>无法与 %1 建立安全连接，请检查地址和本机的时间。</translation>
        </message>
        <message>
            <source>%1 did not answer in time; try again later.</source>
            <translation>%1 没有及时回答，请稍后再试。</translation>
        </message>
        <message>
            <source>%1 sent far more than an answer; choose another model.</source>
            <translation>%1 发来的内容过长，请换一个模型。</translation>
        </message>
        <message>
            <source>%1 sent no chat answer; check the address.</source>
            <translation>%1 发来的不是对话回答，请检查地址。</translation>
        </message>
        <message>
            <source>%1 sent an empty answer; try again, or choose another model.</source>
            <translation>%1 的回答是空的，请重试，或换一个模型。</translation>
        </message>
        <message>
            <source>The connection to %1 broke off; try again.</source>
            <translation>与 %1 的连接中断了，请重试。</translation>
        </message>
        <message>
            <source>%1 sends requests elsewhere; check the address.</source>
            <translation>%1 把请求转到了别处，请检查地址。</translation>
        </message>
        <message>
            <source>%1 sends requests on to %2; write that address if you trust it.</source>
            <translation>%1 把请求转到了 %2，如果信任它，请直接填写那个地址。</translation>
        </message>
        <message>
            <source>%1 refused the key; check it.</source>
            <translation>%1 不接受这个密钥，请检查密钥。</translation>
        </message>
        <message>
            <source>%1 asks for a key; give the one of your account there.</source>
            <translation>%1 需要密钥，请填写您在那里的账户的密钥。</translation>
        </message>
        <message>
            <source>%1 asks for payment first; look at your account there.</source>
            <translation>%1 要求先付费，请查看您在那里的账户。</translation>
        </message>
        <message>
            <source>%1 has no such address or model; check both (an address often ends in /v1).</source>
            <translation>%1 没有这个地址或模型，请检查两者（地址常以 /v1 结尾）。</translation>
        </message>
        <message>
            <source>%1 was asked too often or allows no more; wait, or look at your account there.</source>
            <translation>%1 限制了请求次数，请稍等，或查看您在那里的账户。</translation>
        </message>
        <message>
            <source>%1 failed (status %2); try again later.</source>
            <translation>%1 出错了（状态码 %2），请稍后再试。</translation>
        </message>
        <message>
            <source>%1 did not take the request (status %2); check the address and the model.</source>
            <translation>%1 没有接受请求（状态码 %2），请检查地址和模型。</translation>
        </message>
        <message>
            <source>CANTILENA_LYRICIST_TIMEOUT has to be 1 to %1 whole seconds; set it so, or unset it.</source>
            <translation>CANTILENA_LYRICIST_TIMEOUT 应为 1 到 %1 的整数秒，请修改或取消设置。</translation>
        </message>
        <message>
            <source>Cannot remove %1; check its permissions and those of its folder.</source>
            <translation>无法删除 %1，请检查它和所在文件夹的权限。</translation>
        </message>
        <message>
            <source>The folder %1 cannot be made (%2); check the disk and its permissions.</source>
            <translation>无法创建文件夹 %1（%2），请检查磁盘和权限。</translation>
        </message>
        <message>
            <source>The line is no longer in the lyrics; choose it again.</source>
            <translation>歌词中已没有这一行，请重新选择。</translation>
        </message>
        <message>
            <source>The notes of the line are too short for “%1”; lengthen them first, or type fewer words.</source>
            <translation>这一行的音符太短，放不下“%1”；请先拉长音符，或少写几个字。</translation>
        </message>
        <message>
            <source>A line to rewrite needs 1 to %1 syllables; this one has %2.</source>
            <translation>可改写的行有 1 到 %1 个音节，这一行有 %2 个。</translation>
        </message>
        <message>
            <source>Nothing is sung in this part of the song; choose bars or lines that have words.</source>
            <translation>这一部分没有要唱的内容，请选择有歌词的小节或行。</translation>
        </message>
        <message>
            <source>The song has no melody track to change.</source>
            <translation>这首歌没有可以修改的旋律音轨。</translation>
        </message>
        <message>
            <source>The song has changed in the meantime; ask for it again.</source>
            <translation>歌曲在此期间有了改动，请重新操作。</translation>
        </message>
        <message>
            <source>The MIDI file has no melody: no track but drums has notes; choose another file.</source>
            <translation>这个 MIDI 文件没有旋律：除了鼓，没有音轨有音符；请另选一个文件。</translation>
        </message>
        <message>
            <source>The score has no melody: no part has notes with pitches; choose another file.</source>
            <translation>这份乐谱没有旋律：没有声部带音高；请另选一个文件。</translation>
        </message>
        <message>
            <source>The melody is in %1, and the band plays 4/4, 3/4, 6/8 and what fits their bars; choose another melody.</source>
            <translation>旋律是 %1 拍，而乐队只能演奏 4/4、3/4、6/8 及能并入其小节的拍子；请另选一段旋律。</translation>
        </message>
        <message>
            <source>This score is compressed (.mxl), which cannot be read; save it as uncompressed MusicXML.</source>
            <translation>这份乐谱是压缩格式（.mxl），无法读取；请另存为未压缩的 MusicXML。</translation>
        </message>
        <message>
            <source>This score is ordered by bars (score-timewise), which cannot be read; save it as score-partwise, the usual kind.</source>
            <translation>这份乐谱按小节排列（score-timewise），无法读取；请另存为通常的 score-partwise。</translation>
        </message>
        <message>
            <source>This is no MusicXML score that can be read: %1.</source>
            <translation>这不是能读取的 MusicXML 乐谱：%1。</translation>
        </message>
        <message>
            <source>The melody is the track “%1”; %2 other track is left out.</source>
            <translation>旋律取自音轨“%1”，另外 %2 条音轨未导入。</translation>
        </message>
        <message>
            <source>The melody is the track “%1”; %2 other tracks are left out.</source>
            <translation>旋律取自音轨“%1”，另外 %2 条音轨未导入。</translation>
        </message>
        <message>
            <source>%1 other part is left out.</source>
            <translation>另有 %1 个声部未导入。</translation>
        </message>
        <message>
            <source>%1 other parts are left out.</source>
            <translation>另有 %1 个声部未导入。</translation>
        </message>
        <message>
            <source>The file&apos;s changes of tempo are left out; the song keeps the first tempo.</source>
            <translation>文件中的速度变化未导入，歌曲沿用最初的速度。</translation>
        </message>
        <message>
            <source>The file&apos;s changes of metre are left out; the song keeps the first metre.</source>
            <translation>文件中的拍号变化未导入，歌曲沿用最初的拍号。</translation>
        </message>
        <message>
            <source>The score&apos;s changes of metre are left out; the song keeps the first metre.</source>
            <translation>乐谱中的拍号变化未导入，歌曲沿用最初的拍号。</translation>
        </message>
        <message>
            <source>The score&apos;s changes of tempo are left out; the song keeps the first tempo.</source>
            <translation>乐谱中的速度变化未导入，歌曲沿用最初的速度。</translation>
        </message>
        <message>
            <source>The song has no melody to write words for; write or import one first.</source>
            <translation>歌曲还没有可填词的旋律；请先写一段或导入一段。</translation>
        </message>
        <message>
            <source>The song has no melody to go on from; write or import one first.</source>
            <translation>歌曲还没有可续写的旋律；请先写一段或导入一段。</translation>
        </message>
        <message>
            <source>There is no singer &quot;%1&quot;; choose one of %2.</source>
            <translation>没有名为“%1”的歌手；请从 %2 中选择。</translation>
        </message>
        <message>
            <source>Nobody sings in this song; a pitch can be drawn for a singer only.</source>
            <translation>这首歌没有人声；只能为歌手绘制音高。</translation>
        </message>
        <message>
            <source>The line is too short to be heard; draw along the note.</source>
            <translation>线条太短，听不出来；请沿着音符绘制。</translation>
        </message>
        <message>
            <source>There is no note under the line; draw where the singer sings.</source>
            <translation>线条下没有音符；请在歌手演唱的位置绘制。</translation>
        </message>
        <message>
            <source>The note&apos;s pitch line has too many points; erase it first.</source>
            <translation>这个音符的音高线点数过多；请先擦除。</translation>
        </message>
    </context>
    <context>
        <name>Names</name>
        <message>
            <source>en</source>
            <comment>the code of this language: en or zh</comment>
            <translation>zh</translation>
        </message>
        <message>
            <source>Understanding your words</source>
            <translation>理解你的话</translation>
        </message>
        <message>
            <source>Shaping the form</source>
            <translation>安排曲式</translation>
        </message>
        <message>
            <source>Writing the lyrics</source>
            <translation>写歌词</translation>
        </message>
        <message>
            <source>Choosing the chords</source>
            <translation>选和弦</translation>
        </message>
        <message>
            <source>Composing the melody</source>
            <translation>谱写旋律</translation>
        </message>
        <message>
            <source>Arranging the band</source>
            <translation>编配乐队</translation>
        </message>
        <message>
            <source>Playing it in</source>
            <translation>演奏</translation>
        </message>
        <message>
            <source>Singing</source>
            <translation>演唱</translation>
        </message>
        <message>
            <source>Mixing</source>
            <translation>混音</translation>
        </message>
        <message>
            <source>Writing the file</source>
            <translation>写入文件</translation>
        </message>
        <message>
            <source>Intro</source>
            <translation>前奏</translation>
        </message>
        <message>
            <source>Verse</source>
            <translation>主歌</translation>
        </message>
        <message>
            <source>Pre-chorus</source>
            <translation>导歌</translation>
        </message>
        <message>
            <source>Chorus</source>
            <translation>副歌</translation>
        </message>
        <message>
            <source>Bridge</source>
            <translation>桥段</translation>
        </message>
        <message>
            <source>Solo</source>
            <translation>独奏</translation>
        </message>
        <message>
            <source>Interlude</source>
            <translation>间奏</translation>
        </message>
        <message>
            <source>Hook</source>
            <translation>记忆点</translation>
        </message>
        <message>
            <source>Outro</source>
            <translation>尾奏</translation>
        </message>
        <message>
            <source>Melody</source>
            <translation>旋律</translation>
        </message>
        <message>
            <source>Drums</source>
            <translation>鼓</translation>
        </message>
        <message>
            <source>Bass</source>
            <translation>贝斯</translation>
        </message>
        <message>
            <source>Harmony</source>
            <translation>和声</translation>
        </message>
        <message>
            <source>Counter</source>
            <translation>副旋律</translation>
        </message>
        <message>
            <source>Pad</source>
            <translation>铺底</translation>
        </message>
        <message>
            <source>Colour</source>
            <translation>色彩</translation>
        </message>
        <message>
            <source>Vocal</source>
            <translation>人声</translation>
        </message>
        <message>
            <source>Lead</source>
            <translation>主奏</translation>
        </message>
        <message>
            <source>Piano</source>
            <translation>钢琴</translation>
        </message>
        <message>
            <source>Strings</source>
            <translation>弦乐</translation>
        </message>
        <message>
            <source>Electric piano</source>
            <translation>电钢琴</translation>
        </message>
        <message>
            <source>Organ</source>
            <translation>风琴</translation>
        </message>
        <message>
            <source>Flute</source>
            <translation>长笛</translation>
        </message>
        <message>
            <source>Move note</source>
            <translation>移动音符</translation>
        </message>
        <message>
            <source>Move notes</source>
            <translation>移动音符</translation>
        </message>
        <message>
            <source>Retype word</source>
            <translation>改词</translation>
        </message>
        <message>
            <source>Rename song</source>
            <translation>重命名</translation>
        </message>
        <message>
            <source>%1 major</source>
            <translation>%1大调</translation>
        </message>
        <message>
            <source>%1 minor</source>
            <translation>%1小调</translation>
        </message>
        <message>
            <source>Oboe</source>
            <translation>双簧管</translation>
        </message>
        <message>
            <source>Harp</source>
            <translation>竖琴</translation>
        </message>
        <message>
            <source>Upright bass</source>
            <translation>低音提琴</translation>
        </message>
        <message>
            <source>Nylon guitar</source>
            <translation>尼龙弦吉他</translation>
        </message>
        <message>
            <source>Vibraphone</source>
            <translation>颤音琴</translation>
        </message>
        <message>
            <source>Pizzicato strings</source>
            <translation>拨弦弦乐</translation>
        </message>
        <message>
            <source>Clarinet</source>
            <translation>单簧管</translation>
        </message>
        <message>
            <source>Glockenspiel</source>
            <translation>钟琴</translation>
        </message>
        <message>
            <source>Acoustic guitar</source>
            <translation>木吉他</translation>
        </message>
        <message>
            <source>Banjo</source>
            <translation>班卓琴</translation>
        </message>
        <message>
            <source>Fiddle</source>
            <translation>民谣小提琴</translation>
        </message>
        <message>
            <source>Electric guitar</source>
            <translation>电吉他</translation>
        </message>
        <message>
            <source>Synth bass</source>
            <translation>合成贝斯</translation>
        </message>
        <message>
            <source>Synth arpeggio</source>
            <translation>合成琶音</translation>
        </message>
        <message>
            <source>Synth pad</source>
            <translation>合成铺底</translation>
        </message>
        <message>
            <source>Synth pluck</source>
            <translation>合成拨弦</translation>
        </message>
        <message>
            <source>Synth lead</source>
            <translation>合成主音</translation>
        </message>
        <message>
            <source>Cello</source>
            <translation>大提琴</translation>
        </message>
        <message>
            <source>Harmonica</source>
            <translation>口琴</translation>
        </message>
        <message>
            <source>Choir</source>
            <translation>合唱</translation>
        </message>
        <message>
            <source>Brass</source>
            <translation>铜管</translation>
        </message>
        <message>
            <source>Saxophone</source>
            <translation>萨克斯</translation>
        </message>
        <message>
            <source>Jazz guitar</source>
            <translation>爵士吉他</translation>
        </message>
        <message>
            <source>Trumpet</source>
            <translation>小号</translation>
        </message>
        <message>
            <source>Celesta</source>
            <translation>钢片琴</translation>
        </message>
        <message>
            <source>Music box</source>
            <translation>八音盒</translation>
        </message>
        <message>
            <source>Horns</source>
            <translation>圆号</translation>
        </message>
        <message>
            <source>Overdriven guitar</source>
            <translation>过载吉他</translation>
        </message>
        <message>
            <source>Accordion</source>
            <translation>手风琴</translation>
        </message>
        <message>
            <source>Violin</source>
            <translation>小提琴</translation>
        </message>
        <message>
            <source>Change length</source>
            <translation>改变时值</translation>
        </message>
        <message>
            <source>Delete note</source>
            <translation>删除音符</translation>
        </message>
        <message>
            <source>Delete notes</source>
            <translation>删除音符</translation>
        </message>
        <message>
            <source>Mix</source>
            <translation>混音</translation>
        </message>
        <message>
            <source>Happy</source>
            <translation>快乐</translation>
        </message>
        <message>
            <source>Hopeful</source>
            <translation>充满希望</translation>
        </message>
        <message>
            <source>Calm</source>
            <translation>平静</translation>
        </message>
        <message>
            <source>Romantic</source>
            <translation>浪漫</translation>
        </message>
        <message>
            <source>Nostalgic</source>
            <translation>怀旧</translation>
        </message>
        <message>
            <source>Sad</source>
            <translation>忧伤</translation>
        </message>
        <message>
            <source>Energetic</source>
            <translation>热烈</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>阴郁</translation>
        </message>
        <message>
            <source>%1#</source>
            <translation>升%1</translation>
        </message>
        <message>
            <source>%1b</source>
            <translation>降%1</translation>
        </message>
        <message>
            <source>Add note</source>
            <translation>添加音符</translation>
        </message>
        <message>
            <source>Rewrite line</source>
            <translation>改写一行</translation>
        </message>
        <message>
            <source>Even</source>
            <translation>平和</translation>
        </message>
        <message>
            <source>I</source>
            <translation>我</translation>
        </message>
        <message>
            <source>You</source>
            <translation>你</translation>
        </message>
        <message>
            <source>We</source>
            <translation>我们</translation>
        </message>
        <message>
            <source>She</source>
            <translation>她</translation>
        </message>
        <message>
            <source>He</source>
            <translation>他</translation>
        </message>
        <message>
            <source>They</source>
            <translation>他们</translation>
        </message>
        <message>
            <source>A story</source>
            <translation>叙事</translation>
        </message>
        <message>
            <source>New tune</source>
            <translation>换一段旋律</translation>
        </message>
        <message>
            <source>Vary the tune</source>
            <translation>变奏这段旋律</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>续写</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>填词</translation>
        </message>
        <message>
            <source>Change singer</source>
            <translation>更换歌手</translation>
        </message>
        <message>
            <source>Change voice</source>
            <translation>调整嗓音</translation>
        </message>
        <message>
            <source>Draw pitch</source>
            <translation>绘制音高</translation>
        </message>
        <message>
            <source>Erase pitch</source>
            <translation>擦除音高</translation>
        </message>
    </context>
    <context>
        <name>OpeningEditor</name>
        <message>
            <source>Words of your own for the song to sing</source>
            <translation>让歌里唱你自己的话</translation>
        </message>
        <message>
            <source>Up to twelve lines, sung as they are; three or more are all of the song</source>
            <translation>最多十二行，原样演唱；三行以上就是整首歌</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>完成</translation>
        </message>
    </context>
    <context>
        <name>OpeningLines</name>
        <message>
            <source>Your words</source>
            <translation>你的话</translation>
        </message>
        <message>
            <source>Your choice</source>
            <translation>你的选择</translation>
        </message>
        <message>
            <source>From the sentence</source>
            <translation>依据描述</translation>
        </message>
        <message>
            <source>Words of your own for the song to sing</source>
            <translation>让歌里唱你自己的话</translation>
        </message>
        <message>
            <source>What the sentence tells again</source>
            <translation>恢复为描述里的话</translation>
        </message>
    </context>
    <context>
        <name>PlanCard</name>
        <message>
            <source>Progress of the song</source>
            <translation>歌曲进度</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Subject</source>
            <translation>主题</translation>
        </message>
    </context>
    <context>
        <name>PreferenceButtons</name>
        <message>
            <source>Switches the language of the window</source>
            <translation>切换界面语言</translation>
        </message>
        <message>
            <source>Light theme</source>
            <translation>浅色主题</translation>
        </message>
        <message>
            <source>Dark theme</source>
            <translation>深色主题</translation>
        </message>
    </context>
    <context>
        <name>PromptCard</name>
        <message>
            <source>What the song is about</source>
            <translation>歌曲的内容</translation>
        </message>
        <message>
            <source>A rainy night in Hangzhou, missing my grandmother…</source>
            <translation>写一首关于夏天海边的轻快的歌……</translation>
        </message>
        <message>
            <source>Create</source>
            <translation>创作</translation>
        </message>
    </context>
    <context>
        <name>RecentSongs</name>
        <message>
            <source>Recent songs</source>
            <translation>最近的歌曲</translation>
        </message>
        <message>
            <source>Open file…</source>
            <translation>打开文件…</translation>
        </message>
        <message>
            <source>Songs that you make appear here. Nothing is lost when you close the window.</source>
            <translation>你创作的歌曲会出现在这里。关闭窗口也不会丢失任何内容。</translation>
        </message>
        <message>
            <source>Open %1</source>
            <translation>打开%1</translation>
        </message>
        <message>
            <source>Kept in the library, not saved as a file yet</source>
            <translation>保存在曲库中，尚未另存为文件</translation>
        </message>
    </context>
    <context>
        <name>RhymeList</name>
        <message numerus="yes">
            <source>%n syllable(s)</source>
            <translation>
                <numerusform>%n 个音节</numerusform>
            </translation>
        </message>
        <message>
            <source>Rhymes</source>
            <translation>押韵的词</translation>
        </message>
        <message>
            <source>Looking for rhymes</source>
            <translation>正在找押韵的词</translation>
        </message>
        <message>
            <source>With more or fewer syllables</source>
            <translation>音节数不同的</translation>
        </message>
    </context>
    <context>
        <name>RollPanel</name>
        <message>
            <source>Piano roll</source>
            <translation>钢琴卷帘</translation>
        </message>
        <message>
            <source>The view follows the playhead</source>
            <translation>视图跟随播放位置</translation>
        </message>
        <message>
            <source>The view stays where it is</source>
            <translation>视图保持不动</translation>
        </message>
        <message>
            <source>Scroll in time</source>
            <translation>横向滚动</translation>
        </message>
        <message>
            <source>Scroll in pitch</source>
            <translation>纵向滚动</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>缩小</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>放大</translation>
        </message>
        <message>
            <source>Draw notes: on</source>
            <translation>绘制音符：开</translation>
        </message>
        <message>
            <source>Draw notes: off, a double click draws too</source>
            <translation>绘制音符：关，双击也可绘制</translation>
        </message>
        <message>
            <source>Edit the word</source>
            <translation>编辑这个词</translation>
        </message>
        <message>
            <source>Add a note here</source>
            <translation>在此添加音符</translation>
        </message>
        <message>
            <source>Select all notes</source>
            <translation>选择全部音符</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>删除</translation>
        </message>
        <message>
            <source>New tune</source>
            <translation>换一段旋律</translation>
        </message>
        <message>
            <source>Vary the tune</source>
            <translation>变奏这段旋律</translation>
        </message>
        <message>
            <source>New tune for the selected notes, or for this section</source>
            <translation>为选中的音符（或这一段）写新的旋律</translation>
        </message>
        <message>
            <source>Draw the voice&apos;s pitch: on; the right button takes it away</source>
            <translation>绘制音高：开（右键擦除）</translation>
        </message>
        <message>
            <source>Draw the voice&apos;s pitch</source>
            <translation>绘制人声音高</translation>
        </message>
    </context>
    <context>
        <name>SaveFileDialog</name>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
    </context>
    <context>
        <name>SectionStrip</name>
        <message numerus="yes">
            <source>%1, %n bar(s)</source>
            <translation>
                <numerusform>%1，%n 小节</numerusform>
            </translation>
        </message>
        <message>
            <source>double click: loop</source>
            <translation>双击：循环</translation>
        </message>
        <message>
            <source>Go on with the song</source>
            <translation>续写歌曲</translation>
        </message>
        <message>
            <source>What comes next</source>
            <translation>顺势往下写</translation>
        </message>
        <message>
            <source>Verse</source>
            <translation>主歌</translation>
        </message>
        <message>
            <source>Pre-chorus</source>
            <translation>导歌</translation>
        </message>
        <message>
            <source>Chorus</source>
            <translation>副歌</translation>
        </message>
        <message>
            <source>Bridge</source>
            <translation>桥段</translation>
        </message>
        <message>
            <source>Interlude</source>
            <translation>间奏</translation>
        </message>
    </context>
    <context>
        <name>ShortcutsDialog</name>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>键盘快捷键</translation>
        </message>
        <message>
            <source>Play or stop</source>
            <translation>播放或停止</translation>
        </message>
        <message>
            <source>Go to the start</source>
            <translation>回到开头</translation>
        </message>
        <message>
            <source>Loop the section</source>
            <translation>循环此段</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>重做</translation>
        </message>
        <message>
            <source>Save as</source>
            <translation>另存为</translation>
        </message>
        <message>
            <source>Open a file</source>
            <translation>打开文件</translation>
        </message>
        <message>
            <source>New song</source>
            <translation>新歌曲</translation>
        </message>
        <message>
            <source>Export as audio</source>
            <translation>导出音频</translation>
        </message>
        <message>
            <source>These shortcuts</source>
            <translation>显示这些快捷键</translation>
        </message>
        <message>
            <source>Select a note</source>
            <translation>选择音符</translation>
        </message>
        <message>
            <source>Move the note in time</source>
            <translation>前后移动音符</translation>
        </message>
        <message>
            <source>Move the note in pitch</source>
            <translation>上下移动音符</translation>
        </message>
        <message>
            <source>Shorten or lengthen</source>
            <translation>缩短或延长</translation>
        </message>
        <message>
            <source>Edit the word</source>
            <translation>编辑这个词</translation>
        </message>
        <message>
            <source>Remove the notes</source>
            <translation>删除音符</translation>
        </message>
        <message>
            <source>Select all notes</source>
            <translation>选择全部音符</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>缩放</translation>
        </message>
        <message>
            <source>Ctrl + wheel</source>
            <translation>Ctrl + 滚轮</translation>
        </message>
        <message>
            <source>Zoom at the pointer</source>
            <translation>以指针为中心缩放</translation>
        </message>
        <message>
            <source>Shift + drag</source>
            <translation>Shift + 拖动</translation>
        </message>
        <message>
            <source>Move without snapping</source>
            <translation>不吸附地移动</translation>
        </message>
        <message>
            <source>Double click</source>
            <translation>双击</translation>
        </message>
        <message>
            <source>Add a note, or edit its word</source>
            <translation>添加音符，或编辑它的歌词</translation>
        </message>
        <message>
            <source>Draw notes</source>
            <translation>绘制音符</translation>
        </message>
        <message>
            <source>Add a note after this one</source>
            <translation>在此音符之后添加</translation>
        </message>
        <message>
            <source>Retype a line of lyrics</source>
            <translation>重写一行歌词</translation>
        </message>
        <message>
            <source>New tune</source>
            <translation>换一段旋律</translation>
        </message>
        <message>
            <source>Draw the voice&apos;s pitch</source>
            <translation>绘制人声音高</translation>
        </message>
    </context>
    <context>
        <name>SingerChip</name>
        <message>
            <source>Singer: %1</source>
            <translation>歌手：%1</translation>
        </message>
    </context>
    <context>
        <name>SingerPanel</name>
        <message>
            <source>Off</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Choruses</source>
            <translation>副歌</translation>
        </message>
        <message>
            <source>Throughout</source>
            <translation>全曲</translation>
        </message>
        <message>
            <source>Singer</source>
            <translation>歌手</translation>
        </message>
        <message>
            <source>Reset</source>
            <translation>重置</translation>
        </message>
        <message>
            <source>All controls and second voices as they begin</source>
            <translation>所有参数与和声恢复初始状态</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>%1 Sings best from %2.</source>
            <translation>%1最舒适的音域：%2。</translation>
        </message>
        <message>
            <source>Breath</source>
            <translation>气声</translation>
        </message>
        <message>
            <source>clear</source>
            <translation>清晰</translation>
        </message>
        <message>
            <source>airy</source>
            <translation>气息多</translation>
        </message>
        <message>
            <source>Tension</source>
            <translation>张力</translation>
        </message>
        <message>
            <source>soft</source>
            <translation>柔和</translation>
        </message>
        <message>
            <source>pressed</source>
            <translation>紧绷</translation>
        </message>
        <message>
            <source>Brightness</source>
            <translation>明亮度</translation>
        </message>
        <message>
            <source>dark</source>
            <translation>暗</translation>
        </message>
        <message>
            <source>bright</source>
            <translation>亮</translation>
        </message>
        <message>
            <source>Vibrato</source>
            <translation>颤音</translation>
        </message>
        <message>
            <source>straight</source>
            <translation>直声</translation>
        </message>
        <message>
            <source>wide</source>
            <translation>幅度大</translation>
        </message>
        <message>
            <source>Consonants</source>
            <translation>咬字</translation>
        </message>
        <message>
            <source>smooth</source>
            <translation>圆润</translation>
        </message>
        <message>
            <source>firm</source>
            <translation>有力</translation>
        </message>
        <message>
            <source>Throat</source>
            <translation>声道</translation>
        </message>
        <message>
            <source>larger</source>
            <translation>更宽</translation>
        </message>
        <message>
            <source>smaller</source>
            <translation>更窄</translation>
        </message>
        <message>
            <source>Growl</source>
            <translation>嘶吼</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <source>rough</source>
            <translation>粗粝</translation>
        </message>
        <message>
            <source>Double takes</source>
            <translation>叠唱</translation>
        </message>
        <message>
            <source>Second voice</source>
            <translation>和声</translation>
        </message>
        <message>
            <source>It sings</source>
            <translation>和声位置</translation>
        </message>
        <message>
            <source>Above the tune</source>
            <translation>在旋律上方</translation>
        </message>
        <message>
            <source>Below the tune</source>
            <translation>在旋律下方</translation>
        </message>
    </context>
    <context>
        <name>StartScreen</name>
        <message>
            <source>Composing your song</source>
            <translation>正在创作</translation>
        </message>
        <message>
            <source>What should your song be about?</source>
            <translation>想写一首什么样的歌？</translation>
        </message>
        <message>
            <source>Open a song</source>
            <translation>打开歌曲</translation>
        </message>
        <message>
            <source>Cantilena songs (*.cantilena)</source>
            <translation>Cantilena 歌曲 (*.cantilena)</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>所有文件 (*)</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Lyricist</source>
            <translation>作词</translation>
        </message>
        <message>
            <source>Songs and melodies (*.cantilena *.mid *.midi *.musicxml *.xml)</source>
            <translation>歌曲与旋律 (*.cantilena *.mid *.midi *.musicxml *.xml)</translation>
        </message>
    </context>
    <context>
        <name>StatusLine</name>
        <message>
            <source>The sound device opens with Play</source>
            <translation>播放时打开声音设备</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
    </context>
    <context>
        <name>StudioScreen</name>
        <message>
            <source>Save the song as</source>
            <translation>歌曲另存为</translation>
        </message>
        <message>
            <source>Cantilena songs (*.cantilena)</source>
            <translation>Cantilena 歌曲 (*.cantilena)</translation>
        </message>
        <message>
            <source>Export as audio</source>
            <translation>导出音频</translation>
        </message>
        <message>
            <source>WAV audio (*.wav)</source>
            <translation>WAV 音频 (*.wav)</translation>
        </message>
        <message>
            <source>FLAC audio (*.flac)</source>
            <translation>FLAC 音频 (*.flac)</translation>
        </message>
        <message>
            <source>Ogg Vorbis audio (*.ogg)</source>
            <translation>Ogg Vorbis 音频 (*.ogg)</translation>
        </message>
        <message>
            <source>MP3 audio (*.mp3)</source>
            <translation>MP3 音频 (*.mp3)</translation>
        </message>
        <message>
            <source>Export as MIDI</source>
            <translation>导出 MIDI</translation>
        </message>
        <message>
            <source>MIDI files (*.mid)</source>
            <translation>MIDI 文件 (*.mid)</translation>
        </message>
        <message>
            <source>Open a song</source>
            <translation>打开歌曲</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>所有文件 (*)</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Songs and melodies (*.cantilena *.mid *.midi *.musicxml *.xml)</source>
            <translation>歌曲与旋律 (*.cantilena *.mid *.midi *.musicxml *.xml)</translation>
        </message>
    </context>
    <context>
        <name>SubjectChips</name>
        <message>
            <source>Subject</source>
            <translation>主题</translation>
        </message>
        <message>
            <source>Your choice</source>
            <translation>你的选择</translation>
        </message>
        <message>
            <source>From the sentence</source>
            <translation>依据描述</translation>
        </message>
        <message>
            <source>Add a word to the subject</source>
            <translation>添加主题词</translation>
        </message>
        <message>
            <source>The subject from the sentence again</source>
            <translation>主题恢复为依据描述</translation>
        </message>
    </context>
    <context>
        <name>SubjectEditor</name>
        <message>
            <source>New word of the subject</source>
            <translation>新的主题词</translation>
        </message>
        <message>
            <source>Word of the subject</source>
            <translation>主题词</translation>
        </message>
        <message>
            <source>A word, such as lighthouse</source>
            <translation>一个词，例如：灯塔</translation>
        </message>
    </context>
    <context>
        <name>TakesBar</name>
        <message>
            <source>Takes of the tune: %1</source>
            <translation>旋律的几个版本：%1</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Listen to this part</source>
            <translation>听这一段</translation>
        </message>
        <message>
            <source>Variation</source>
            <translation>变奏</translation>
        </message>
        <message>
            <source>The next take begins like the tune as it was</source>
            <translation>下一版的开头与原来的旋律相同</translation>
        </message>
        <message>
            <source>Safe</source>
            <translation>稳妥</translation>
        </message>
        <message>
            <source>From safe to brave</source>
            <translation>从稳妥到大胆</translation>
        </message>
        <message>
            <source>%1 percent brave</source>
            <translation>大胆程度 %1%</translation>
        </message>
        <message>
            <source>Brave</source>
            <translation>大胆</translation>
        </message>
        <message>
            <source>Another take</source>
            <translation>再写一版</translation>
        </message>
        <message>
            <source>Writing a tune</source>
            <translation>正在写旋律</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Leaves the tune as it was</source>
            <translation>保留原来的旋律</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>采用</translation>
        </message>
    </context>
    <context>
        <name>TrackList</name>
        <message>
            <source>Tracks</source>
            <translation>音轨</translation>
        </message>
        <message>
            <source>M</source>
            <comment>mute, one letter</comment>
            <translation>静</translation>
        </message>
        <message>
            <source>Mute %1</source>
            <translation>静音：%1</translation>
        </message>
        <message>
            <source>S</source>
            <comment>solo, one letter</comment>
            <translation>独</translation>
        </message>
        <message>
            <source>Solo %1</source>
            <translation>独奏：%1</translation>
        </message>
        <message>
            <source>Gain of %1</source>
            <translation>%1的音量</translation>
        </message>
    </context>
    <context>
        <name>TransportBar</name>
        <message>
            <source>Start screen</source>
            <translation>开始界面</translation>
        </message>
        <message>
            <source>Title</source>
            <translation>歌名</translation>
        </message>
        <message>
            <source>Go to the start</source>
            <translation>回到开头</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>播放</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>空格</translation>
        </message>
        <message>
            <source>Loop the section</source>
            <translation>循环此段</translation>
        </message>
        <message>
            <source>Bar and beat: %1</source>
            <translation>小节和拍：%1</translation>
        </message>
        <message>
            <source>Time: %1</source>
            <translation>时间：%1</translation>
        </message>
        <message>
            <source>Length: %1</source>
            <translation>总长：%1</translation>
        </message>
        <message>
            <source>%1 BPM</source>
            <translation>%1 BPM</translation>
        </message>
        <message>
            <source>Hide the lyrics</source>
            <translation>隐藏歌词</translation>
        </message>
        <message>
            <source>Show the lyrics</source>
            <translation>显示歌词</translation>
        </message>
        <message>
            <source>Light theme</source>
            <translation>浅色主题</translation>
        </message>
        <message>
            <source>Dark theme</source>
            <translation>深色主题</translation>
        </message>
        <message>
            <source>Save as…</source>
            <translation>另存为…</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <source>Audio (WAV, FLAC, Ogg, MP3)…</source>
            <translation>音频（WAV、FLAC、Ogg、MP3）…</translation>
        </message>
        <message>
            <source>MIDI…</source>
            <translation>MIDI…</translation>
        </message>
    </context>
    <context>
        <name>VoiceControl</name>
        <message>
            <source>neutral</source>
            <translation>默认</translation>
        </message>
        <message>
            <source>%1 %</source>
            <comment>per cent</comment>
            <translation>%1%</translation>
        </message>
    </context>
    <context>
        <name>WordEditor</name>
        <message>
            <source>Word</source>
            <translation>词</translation>
        </message>
    </context>
    <context>
        <name>cantilena::ui::BriefModel</name>
        <message>
            <source>Mood</source>
            <translation>情绪</translation>
        </message>
        <message>
            <source>Style</source>
            <translation>风格</translation>
        </message>
        <message>
            <source>Tempo</source>
            <translation>速度</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>调性</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>时长</translation>
        </message>
        <message>
            <source>Voice</source>
            <translation>歌手</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <source>Point of view</source>
            <translation>人称</translation>
        </message>
        <message>
            <source>open</source>
            <translation>不限</translation>
        </message>
        <message>
            <source>%1 BPM</source>
            <translation>%1 BPM</translation>
        </message>
    </context>
    <context>
        <name>cantilena::ui::LyricistViewModel</name>
        <message>
            <source>%1 at %2 writes the lyrics; your sentence is sent there.</source>
            <translation>歌词由 %2 上的 %1 写成，您的描述会发送到那里。</translation>
        </message>
    </context>
    <context>
        <name>cantilena::ui::PianoRoll</name>
        <message>
            <source>No note selected</source>
            <translation>未选择音符</translation>
        </message>
        <message numerus="yes">
            <source>%n note(s) selected</source>
            <translation>
                <numerusform>已选择 %n 个音符</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 at %2</source>
            <translation>%1，位于 %2</translation>
        </message>
        <message>
            <source>%1, “%2”</source>
            <translation>%1，“%2”</translation>
        </message>
    </context>
    <context>
        <name>cantilena::ui::RecentSongsModel</name>
        <message>
            <source>Untitled song</source>
            <translation>未命名的歌曲</translation>
        </message>
    </context>
    <context>
        <name>cantilena::ui::RewriteViewModel</name>
        <message>
            <source>Type at least one word.</source>
            <translation>请至少输入一个词。</translation>
        </message>
        <message>
            <source>Every syllable has its note.</source>
            <translation>每个音节都有音符。</translation>
        </message>
        <message numerus="yes">
            <source>%n syllable(s) fewer: one is held over several notes.</source>
            <translation>
                <numerusform>少 %n 个音节：有一个音节将唱在多个音符上。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n syllable(s) more: held notes are shared out.</source>
            <translation>
                <numerusform>多 %n 个音节：拖腔的音符将分给各个音节。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n syllable(s) more: notes are split.</source>
            <translation>
                <numerusform>多 %n 个音节：部分音符将被拆分。</numerusform>
            </translation>
        </message>
        <message>
            <source>Other words</source>
            <translation>换个说法</translation>
        </message>
        <message>
            <source>More like this</source>
            <translation>类似的</translation>
        </message>
        <message>
            <source>Happier</source>
            <translation>更快乐</translation>
        </message>
        <message>
            <source>Sadder</source>
            <translation>更悲伤</translation>
        </message>
        <message>
            <source>Another image</source>
            <translation>换个意象</translation>
        </message>
        <message>
            <source>Simpler</source>
            <translation>更简单</translation>
        </message>
        <message>
            <source>No other words fit this line; try another wish.</source>
            <translation>没有合适的句子，请换一种要求。</translation>
        </message>
    </context>
    <context>
        <name>cantilena::ui::RhymeViewModel</name>
        <message>
            <source>No word rhymes with it.</source>
            <translation>没有与它押韵的词。</translation>
        </message>
    </context>
    <context>
        <name>cantilena::ui::SessionBridge</name>
        <message>
            <source>Exported as %1.</source>
            <translation>已导出为 %1。</translation>
        </message>
    </context>
    <context>
        <name>cantilena::ui::SingerViewModel</name>
        <message>
            <source>%1 to %2</source>
            <comment>lowest and highest note</comment>
            <translation>%1 至 %2</translation>
        </message>
    </context>
    <context>
        <name>cantilena::ui::SongViewModel</name>
        <message>
            <source>Undo: %1</source>
            <translation>撤销：%1</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>Redo: %1</source>
            <translation>重做：%1</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>重做</translation>
        </message>
        <message>
            <source>Kept in the library</source>
            <translation>已存入曲库</translation>
        </message>
        <message>
            <source>Saved</source>
            <translation>已保存</translation>
        </message>
        <message>
            <source>Saved in %1</source>
            <translation>已保存到 %1</translation>
        </message>
        <message>
            <source>Saving…</source>
            <translation>正在保存…</translation>
        </message>
        <message>
            <source>Not saved</source>
            <translation>未能保存</translation>
        </message>
        <message>
            <source>Song</source>
            <translation>歌曲</translation>
        </message>
        <message>
            <source>Preparing the vocal</source>
            <translation>正在准备人声</translation>
        </message>
        <message>
            <source>Every change is already saved in %1.</source>
            <translation>所有更改都已保存到 %1。</translation>
        </message>
        <message>
            <source>Reading the melody</source>
            <translation>读取旋律</translation>
        </message>
        <message>
            <source>Going on with the song</source>
            <translation>续写歌曲</translation>
        </message>
        <message>
            <source>Writing words</source>
            <translation>填词</translation>
        </message>
    </context>
    <context>
        <name>cantilena::ui::StartViewModel</name>
        <message>
            <source>Key</source>
            <translation>调性</translation>
        </message>
        <message>
            <source>Tempo</source>
            <translation>速度</translation>
        </message>
        <message>
            <source>%1 BPM</source>
            <translation>%1 BPM</translation>
        </message>
        <message>
            <source>Meter</source>
            <translation>拍号</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>时长</translation>
        </message>
        <message>
            <source>Style</source>
            <translation>风格</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <source>Singer</source>
            <translation>歌手</translation>
        </message>
        <message>
            <source>Mood</source>
            <translation>情绪</translation>
        </message>
        <message>
            <source>Point of view</source>
            <translation>人称</translation>
        </message>
    </context>
    <context>
        <name>cantilena::ui::TakesViewModel</name>
        <message>
            <source>Bar %1</source>
            <translation>第 %1 小节</translation>
        </message>
        <message>
            <source>Bars %1 to %2</source>
            <translation>第 %1 至 %2 小节</translation>
        </message>
        <message>
            <source>As it was</source>
            <translation>原来的</translation>
        </message>
        <message>
            <source>Take %1</source>
            <translation>版本 %1</translation>
        </message>
    </context>
    <context>
        <name>cantilena::ui::TrackModel</name>
        <message numerus="yes">
            <source>%n note(s)</source>
            <translation>
                <numerusform>%n 个音符</numerusform>
            </translation>
        </message>
    </context>
</TS>
